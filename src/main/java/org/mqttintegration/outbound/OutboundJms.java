package org.mqttintegration.outbound;

import io.netty.channel.ChannelPipeline;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.core.protocol.core.impl.ActiveMQClientProtocolManager;
import org.apache.activemq.artemis.core.protocol.core.impl.ActiveMQClientProtocolManagerFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.remoting.ClientProtocolManager;
import org.jspecify.annotations.Nullable;

/** Connections of {@code jms:} with Artemis' client: to the broker, and to others it names. */
final class OutboundJms implements ConnectionFactory {

  private final ActiveMQConnectionFactory artemis;
  private final CheckedConnect check;

  private OutboundJms(ActiveMQConnectionFactory artemis, CheckedConnect check) {
    this.artemis = artemis;
    this.check = check;
  }

  /** The same connections, checked. */
  static ConnectionFactory checked(ActiveMQConnectionFactory artemis, OutboundAddresses addresses) {
    CheckedConnect check = new CheckedConnect(addresses);
    artemis.getServerLocator().setProtocolManagerFactory(new Protocol(check));
    return new OutboundJms(artemis, check);
  }

  @Override
  public Connection createConnection() throws JMSException {
    return told(artemis::createConnection);
  }

  @Override
  public Connection createConnection(@Nullable String user, @Nullable String password)
      throws JMSException {
    return told(() -> artemis.createConnection(user, password));
  }

  @Override
  public JMSContext createContext() {
    return artemis.createContext();
  }

  @Override
  public JMSContext createContext(@Nullable String user, @Nullable String password) {
    return artemis.createContext(user, password);
  }

  @Override
  public JMSContext createContext(@Nullable String user, @Nullable String password, int mode) {
    return artemis.createContext(user, password, mode);
  }

  @Override
  public JMSContext createContext(int mode) {
    return artemis.createContext(mode);
  }

  private interface Making {
    Connection make() throws JMSException;
  }

  /** Artemis' client only says that it cannot connect. */
  private Connection told(Making making) throws JMSException {
    check.takeRefusal();
    try {
      return making.make();
    } catch (JMSException e) {
      OutboundRefusedException refusal = check.takeRefusal();
      if (refusal == null) {
        throw e;
      }
      JMSException told = new JMSException(refusal.getMessage());
      told.initCause(refusal);
      throw told;
    }
  }

  /** Each channel of the client gets our handler in front. */
  private static final class Protocol extends ActiveMQClientProtocolManagerFactory {

    private static final long serialVersionUID = 1L;

    private final transient CheckedConnect check;

    Protocol(CheckedConnect check) {
      this.check = check;
    }

    @Override
    public ClientProtocolManager newProtocolManager() {
      return new ActiveMQClientProtocolManager() {
        @Override
        public void addChannelHandlers(ChannelPipeline pipeline) {
          pipeline.addFirst(check);
          super.addChannelHandlers(pipeline);
        }
      };
    }
  }
}
