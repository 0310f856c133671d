package org.mqttintegration.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A link to the database that a test can cut: at once, or when a COMMIT is on its way. */
final class CuttableLink {

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commitsToCut = new AtomicInteger();
  private final AtomicInteger commitsCut = new AtomicInteger();
  private volatile boolean cut;

  CuttableLink(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends all connections and refuses new ones. */
  void cut() {
    cut = true;
    open.forEach(CuttableLink::close);
  }

  void mend() {
    cut = false;
  }

  /** Lets the next commits reach the server, and the answers reach nobody. */
  void loseAnswersOfCommits(int commits) {
    commitsCut.set(0);
    commitsToCut.set(commits);
  }

  int commitsCut() {
    return commitsCut.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        if (cut) {
          close(client);
          continue;
        }
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(database);
        if (cut) {
          open.forEach(CuttableLink::close);
          continue;
        }
        start(() -> copy(client, database, true));
        start(() -> copy(database, client, false));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void copy(Socket from, Socket to, boolean requests) {
    Commits commits = new Commits();
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        boolean lose =
            requests
                && commits.isIn(buffer, n)
                && commitsToCut.getAndUpdate(c -> c > 0 ? c - 1 : 0) > 0;
        if (lose) {
          open.remove(from);
          from.shutdownOutput();
          from.setSoLinger(true, 0);
          from.close();
          commitsCut.incrementAndGet();
        }
        out.write(buffer, 0, n);
        out.flush();
        if (lose) {
          // the server works it off before it sees the end
          to.shutdownOutput();
          to.getInputStream().readAllBytes();
          return;
        }
      }
    } catch (IOException e) {
      // cut
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Sees the COMMITs of one connection; after the first, the driver sends a statement's name. */
  private static final class Commits {

    private static final Pattern PREPARED = Pattern.compile("(S_\\d+)\0COMMIT\0");
    private String bound = "\0COMMIT\0";

    boolean isIn(byte[] bytes, int length) {
      String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      Matcher prepared = PREPARED.matcher(text);
      if (prepared.find()) {
        bound = "\0" + prepared.group(1) + "\0";
        return true;
      }
      return text.contains(bound);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // already closed
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cuttable-link");
    thread.setDaemon(true);
    thread.start();
  }
}
