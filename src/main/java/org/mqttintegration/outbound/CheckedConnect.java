package org.mqttintegration.outbound;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands before the socket of a Netty channel, and fails its connect where it must not be made. */
@Sharable
final class CheckedConnect extends ChannelOutboundHandlerAdapter {

  private final OutboundAddresses addresses;
  private final AtomicReference<@Nullable OutboundRefusedException> refusal =
      new AtomicReference<>();

  CheckedConnect(OutboundAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      @Nullable SocketAddress local,
      ChannelPromise promise) {
    try {
      context.connect(addresses.permitted(remote), local, promise);
    } catch (OutboundRefusedException e) {
      refusal.set(e);
      ConnectException told = new ConnectException(e.getMessage()); // else Artemis logs its stack
      told.initCause(e);
      promise.setFailure(told);
    } catch (IOException e) {
      promise.setFailure(e);
    }
  }

  /** The last refusal since this was asked last, for clients that do not tell their callers. */
  @Nullable OutboundRefusedException takeRefusal() {
    return refusal.getAndSet(null);
  }
}
