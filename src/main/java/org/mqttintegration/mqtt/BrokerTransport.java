package org.mqttintegration.mqtt;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.websocket.WebSocketHandshake;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;

/**
 * The way to a broker: TCP, with TLS for {@code mqtts} and {@code wss}, with a WebSocket for {@code
 * ws} and {@code wss}. In place of Paho's own modules because it tells each step, reads through a
 * buffer, and lets no PUBREC or PUBCOMP go early.
 */
final class BrokerTransport implements NetworkModule {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** After this, Paho's reader looks whether it shall stop. */
  private static final int READ_TIMEOUT_MILLIS = 1_000;

  private static final Map<String, Integer> DEFAULT_PORTS =
      Map.of("mqtt", 1883, "mqtts", 8883, "ws", 80, "wss", 443);

  private final URI uri;
  private final String scheme;
  private final String host;
  private final int port;
  private final int timeoutMillis;
  private final StepListener steps;

  private volatile @Nullable Socket socket;
  private volatile boolean stopped;
  private volatile boolean held;
  private IntConsumer released = packetIdentifier -> {};
  private @Nullable PacketInput input;
  private @Nullable QosTwoGate output;

  /** Hears of each step when it ends. */
  interface StepListener {
    void step(StepName name, boolean success, long nanos, @Nullable String detail);
  }

  /** What one step does; the answer is its detail. */
  private interface Step {
    @Nullable String run() throws IOException;
  }

  BrokerTransport(URI uri, Duration timeout, StepListener steps) {
    this.uri = uri;
    this.scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    this.host = uri.getHost().replaceAll("^\\[|]$", "");
    this.port = uri.getPort() >= 0 ? uri.getPort() : DEFAULT_PORTS.getOrDefault(scheme, 1883);
    this.timeoutMillis = (int) timeout.toMillis();
    this.steps = steps;
  }

  @Override
  public void start() throws IOException {
    InetAddress[] addresses = resolve();
    step(StepName.TCP, () -> connect(addresses));
    if (scheme.equals("mqtts") || scheme.equals("wss")) {
      step(StepName.TLS, this::secure);
    }
    Socket connected = Objects.requireNonNull(socket);
    InputStream in = new BufferedInputStream(connected.getInputStream(), BUFFER_BYTES);
    OutputStream out = connected.getOutputStream();
    if (scheme.equals("ws") || scheme.equals("wss")) {
      step(StepName.WEBSOCKET, () -> upgrade(in, out));
      WebSocketOutput frames = new WebSocketOutput(out);
      input = new PacketInput(new WebSocketInput(in, frames));
      output = new QosTwoGate(frames, released);
    } else {
      input = new PacketInput(in);
      output = new QosTwoGate(out, released);
    }
    connected.setSoTimeout(READ_TIMEOUT_MILLIS);
  }

  @Override
  public InputStream getInputStream() {
    return Objects.requireNonNull(input, "not started");
  }

  @Override
  public OutputStream getOutputStream() {
    return Objects.requireNonNull(output, "not started");
  }

  @Override
  public void stop() throws IOException {
    stopped = true;
    Socket current = socket;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public String getServerURI() {
    return uri.toString();
  }

  /** Lets one PUBREC or PUBCOMP for this packet identifier pass. */
  void openFor(QosTwoGate.Held type, int packetIdentifier) {
    QosTwoGate gate = output;
    if (gate != null) {
      gate.open(type, packetIdentifier);
    }
  }

  /** Says whether we hold up the one who reads from it. */
  void hold(boolean held) {
    this.held = held;
  }

  boolean isHeld() {
    return held;
  }

  /** Sends a PINGREQ past Paho. */
  void ping() throws IOException {
    QosTwoGate gate = output;
    if (gate != null) {
      gate.ping();
    }
  }

  /** Who hears the packet identifiers of PUBRELs; set before the start. */
  void onRelease(IntConsumer listener) {
    released = listener;
  }

  /** The reason code that a SUBACK refused with and that Paho does not know, null if it does. */
  @Nullable Integer refusal(int packetIdentifier) {
    PacketInput packets = input;
    return packets == null ? null : packets.refusal(packetIdentifier);
  }

  private InetAddress[] resolve() throws IOException {
    InetAddress[][] found = new InetAddress[1][];
    step(
        StepName.RESOLVE,
        () -> {
          found[0] = InetAddress.getAllByName(host);
          return Arrays.stream(found[0])
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
        });
    return found[0];
  }

  private String connect(InetAddress[] addresses) throws IOException {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket attempt = new Socket();
      try {
        attempt.setTcpNoDelay(true);
        attempt.connect(new InetSocketAddress(address, port), timeoutMillis);
        attempt.setSoTimeout(timeoutMillis);
        socket = attempt;
        if (stopped) {
          throw new IOException("given up meanwhile");
        }
        return address.getHostAddress() + ":" + port;
      } catch (IOException e) {
        attempt.close();
        last = e;
      }
    }
    throw last;
  }

  private String secure() throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // checks the host name
    secured.setSSLParameters(parameters);
    socket = secured;
    secured.startHandshake();
    return secured.getSession().getProtocol() + " " + secured.getSession().getCipherSuite();
  }

  private @Nullable String upgrade(InputStream in, OutputStream out) throws IOException {
    try {
      new WebSocketHandshake(in, out, uri.toString(), host, port, Map.of()).execute();
      return null;
    } catch (RuntimeException e) { // Paho trips over answers that are no HTTP
      throw new IOException("the answer is no WebSocket upgrade", e);
    }
  }

  private void step(StepName name, Step step) throws IOException {
    long start = System.nanoTime();
    try {
      String detail = step.run();
      steps.step(name, true, System.nanoTime() - start, detail);
    } catch (IOException e) {
      stop();
      steps.step(name, false, System.nanoTime() - start, Failures.describe(e));
      throw e;
    }
  }
}
