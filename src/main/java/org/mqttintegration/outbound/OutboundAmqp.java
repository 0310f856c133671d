package org.mqttintegration.outbound;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.qpid.jms.JmsConnectionExtensions;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections of {@code amqp:} with Qpid's client. It lets itself be given nothing but a proxy
 * before the socket; what is given takes the proxy's place, and leaves it to our handler. Names are
 * looked up there too, since Netty leaves them to a proxy.
 */
public final class OutboundAmqp {

  private OutboundAmqp() {}

  /** Has all connections of a factory checked. */
  public static void check(JmsConnectionFactory factory, OutboundAddresses addresses) {
    CheckedConnect check = new CheckedConnect(addresses);
    BiFunction<jakarta.jms.Connection, URI, Object> supplier =
        (connection, uri) -> (Supplier<ProxyHandler>) () -> new InPlaceOfProxy(check);
    factory.setExtension(JmsConnectionExtensions.PROXY_HANDLER_SUPPLIER.toString(), supplier);
  }

  private static final class InPlaceOfProxy extends ProxyHandler {

    private final CheckedConnect check;

    InPlaceOfProxy(CheckedConnect check) {
      super(InetSocketAddress.createUnresolved("none", 1)); // never connected to
      this.check = check;
    }

    /** Called when it is added, and before anything is connected. */
    @Override
    protected void addCodec(ChannelHandlerContext context) {
      context.pipeline().replace(this, "outbound", check);
    }

    @Override
    public String protocol() {
      return "none";
    }

    @Override
    public String authScheme() {
      return "none";
    }

    @Override
    protected void removeEncoder(ChannelHandlerContext context) {}

    @Override
    protected void removeDecoder(ChannelHandlerContext context) {}

    @Override
    protected @Nullable Object newInitialMessage(ChannelHandlerContext context) {
      return null;
    }

    @Override
    protected boolean handleResponse(ChannelHandlerContext context, Object response) {
      return true;
    }
  }
}
