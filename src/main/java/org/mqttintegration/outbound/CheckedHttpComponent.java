package org.mqttintegration.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLSocket;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.client5.http.socket.LayeredConnectionSocketFactory;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code http} and {@code https}, on checked sockets: redirects and proxies are connected
 * to by them too.
 */
@SuppressWarnings("deprecation") // the signatures of HttpComponent
final class CheckedHttpComponent extends HttpComponent {

  private final OutboundAddresses addresses;

  CheckedHttpComponent(OutboundAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  protected HttpClientConnectionManager createConnectionManager(
      Registry<ConnectionSocketFactory> registry,
      int maxTotal,
      int perRoute,
      SocketConfig sockets) {
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                proxy -> new CheckedSocket(addresses), null, names(), tls(registry)),
            PoolConcurrencyPolicy.STRICT,
            null,
            TimeValue.ofMilliseconds(getConnectionTimeToLive()),
            null);
    connections.setDefaultSocketConfig(sockets);
    int total = maxTotal == 0 ? getMaxTotalConnections() : maxTotal;
    if (total > 0) {
      connections.setMaxTotal(total);
    }
    int route = perRoute == 0 ? getConnectionsPerRoute() : perRoute;
    if (route > 0) {
      connections.setDefaultMaxPerRoute(route);
    }
    return connections;
  }

  private DnsResolver names() {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return addresses.resolve(host).toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  private static Lookup<TlsSocketStrategy> tls(Registry<ConnectionSocketFactory> registry) {
    return scheme -> strategy(registry.lookup(scheme));
  }

  private static @Nullable TlsSocketStrategy strategy(ConnectionSocketFactory factory) {
    return factory instanceof LayeredConnectionSocketFactory layered
        ? (socket, target, port, attachment, context) ->
            (SSLSocket) layered.createLayeredSocket(socket, target, port, attachment, context)
        : null;
  }
}
