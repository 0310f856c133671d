package org.mqttintegration.mqtt;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.mqttintegration.outbound.OutboundAddresses;

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
  private final ConnectionOptions options;
  private final CertificateFiles files;
  private final OutboundAddresses outbound;
  private final StepListener steps;

  private volatile @Nullable Socket socket;
  private volatile boolean stopped;
  private final HeardUntil heardUntil = new HeardUntil();
  private ObjIntConsumer<QosTwoGate.Held> held = (type, packetIdentifier) -> {};
  private volatile @Nullable X509Certificate serverCertificate;
  private volatile @Nullable ReaderWatch reader;
  private volatile @Nullable PacketInput input;
  private @Nullable QosTwoGate output;

  /** Hears of each step when it ends. */
  interface StepListener {
    void step(StepName name, boolean success, long nanos, @Nullable String detail);
  }

  /** What one step does; the answer is its detail. */
  private interface Step {
    @Nullable String run() throws IOException;
  }

  BrokerTransport(
      ConnectionOptions options,
      CertificateFiles files,
      OutboundAddresses outbound,
      StepListener steps) {
    this.options = options;
    this.files = files;
    this.outbound = outbound;
    this.uri = options.serverUri();
    this.scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    this.host = uri.getHost().replaceAll("^\\[|]$", "");
    this.port = uri.getPort() >= 0 ? uri.getPort() : DEFAULT_PORTS.getOrDefault(scheme, 1883);
    this.timeoutMillis = (int) options.connectTimeout().toMillis();
    this.steps = steps;
  }

  @Override
  public void start() throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    step(StepName.RESOLVE, () -> resolve(addresses));
    List<InetSocketAddress> permitted = new ArrayList<>();
    step(StepName.OUTBOUND, () -> permit(addresses, permitted));
    step(StepName.TCP, () -> connect(permitted));
    if (scheme.equals("mqtts") || scheme.equals("wss")) {
      step(StepName.TLS, this::secure);
    }
    Socket connected = Objects.requireNonNull(socket);
    ReaderWatch watched = new ReaderWatch(new QuickAckInput(connected));
    reader = watched;
    InputStream in = new BufferedInputStream(watched, BUFFER_BYTES);
    OutputStream out = connected.getOutputStream();
    if (scheme.equals("ws") || scheme.equals("wss")) {
      step(StepName.WEBSOCKET, () -> upgrade(in, out));
      WebSocketOutput frames = new WebSocketOutput(out);
      input = packets(new WebSocketInput(in, frames));
      output = new QosTwoGate(frames, held);
    } else {
      input = packets(in);
      output = new QosTwoGate(out, held);
    }
    connected.setSoTimeout(READ_TIMEOUT_MILLIS);
  }

  private PacketInput packets(InputStream in) {
    return new PacketInput(in, options.session().maximumPacketSize(), heardUntil::reads);
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

  /** Lets one packet of that type for this packet identifier pass. */
  void openFor(QosTwoGate.Held type, int packetIdentifier) {
    QosTwoGate gate = output;
    if (gate != null) {
      gate.open(type, packetIdentifier);
    }
  }

  /** Who hears of the packets that {@link QosTwoGate} held; set before the start. */
  void onHeld(ObjIntConsumer<QosTwoGate.Held> listener) {
    held = listener;
  }

  /** The reason code that a SUBACK refused with and that Paho does not know, null if it does. */
  @Nullable Integer refusal(int packetIdentifier) {
    PacketInput packets = input;
    return packets == null ? null : packets.refusal(packetIdentifier);
  }

  /** What the CONNACK says that the broker can do; everything where it says nothing. */
  BrokerCapabilities capabilities() {
    PacketInput packets = input;
    ServerPacket connack = packets == null ? null : packets.connack();
    return connack == null ? BrokerCapabilities.ALL : connack.capabilities();
  }

  /** The broker's refusal in CONNACK, or its DISCONNECT; null when it sent neither. */
  @Nullable ServerPacket refusal() {
    PacketInput packets = input;
    if (packets == null) {
      return null;
    }
    ServerPacket connack = packets.connack();
    return connack != null && ReasonCode.isFailure(connack.reasonCode())
        ? connack
        : packets.disconnect();
  }

  HeardUntil heardUntil() {
    return heardUntil;
  }

  /** For how many nanoseconds the broker has been awaited in vain. */
  long silence() {
    ReaderWatch watch = reader;
    return watch == null ? 0 : watch.silence();
  }

  boolean isReaderDead() {
    ReaderWatch watch = reader;
    return watch != null && watch.isReaderDead();
  }

  /** What the broker showed in TLS, null without it. */
  @Nullable X509Certificate serverCertificate() {
    return serverCertificate;
  }

  private String resolve(List<InetAddress> addresses) throws IOException {
    addresses.addAll(outbound.resolve(host));
    return text(addresses);
  }

  private String permit(List<InetAddress> addresses, List<InetSocketAddress> permitted)
      throws IOException {
    permitted.addAll(outbound.permitted(host, addresses, port));
    return text(permitted.stream().map(InetSocketAddress::getAddress).toList());
  }

  private static String text(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }

  private String connect(List<InetSocketAddress> addresses) throws IOException {
    IOException last = new IOException("no address");
    for (InetSocketAddress address : addresses) {
      Socket attempt = new Socket();
      try {
        attempt.setTcpNoDelay(true);
        attempt.connect(address, timeoutMillis);
        attempt.setSoTimeout(timeoutMillis);
        socket = attempt;
        if (stopped) {
          throw new IOException("given up meanwhile");
        }
        return address.getAddress().getHostAddress() + ":" + port;
      } catch (IOException e) {
        attempt.close();
        last = e;
      }
    }
    throw last;
  }

  private String secure() throws IOException {
    TlsOptions tls = options.tls();
    SSLSocket secured =
        (SSLSocket) BrokerTls.socketFactory(tls, files).createSocket(socket, host, port, true);
    if (tls.verifyHostname()) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    socket = secured;
    secured.startHandshake();
    serverCertificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
    return secured.getSession().getProtocol() + " " + secured.getSession().getCipherSuite();
  }

  private @Nullable String upgrade(InputStream in, OutputStream out) throws IOException {
    new WebSocketUpgrade(in, out).execute(uri.getRawAuthority(), options.webSocket());
    return options.webSocket().path();
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
