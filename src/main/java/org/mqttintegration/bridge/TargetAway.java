package org.mqttintegration.bridge;

import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.outbound.OutboundRefusedException;
import org.mqttintegration.problem.ProblemException;

/**
 * Tells a target that is away from one that does not want the message: what comes again later, as
 * it is, may well be taken.
 */
final class TargetAway {

  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  /** Request Timeout, Too Early, Too Many Requests. */
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 425, 429);

  /** By name, since not each of them has to be there. Subclasses count too. */
  private static final Set<String> EXCEPTIONS =
      Set.of(
          "java.net.SocketException", // connection refused, reset, no route
          "java.net.SocketTimeoutException",
          "java.net.UnknownHostException",
          "java.nio.channels.UnresolvedAddressException",
          "java.nio.channels.ClosedChannelException",
          "javax.net.ssl.SSLException",
          "org.apache.hc.core5.http.NoHttpResponseException",
          "org.apache.hc.core5.http.ConnectionClosedException",
          "org.apache.camel.ExchangeTimedOutException",
          "org.apache.kafka.common.errors.RetriableException",
          "org.apache.kafka.common.config.ConfigException", // no bootstrap server has an address
          "jakarta.jms.JMSException",
          "org.springframework.jms.JmsException",
          "java.sql.SQLTransientException",
          "java.sql.SQLRecoverableException",
          "java.sql.SQLNonTransientConnectionException",
          "org.springframework.dao.TransientDataAccessException",
          "org.springframework.dao.RecoverableDataAccessException",
          "org.springframework.dao.NonTransientDataAccessResourceException",
          "org.eclipse.angus.mail.util.MailConnectException",
          "jakarta.mail.AuthenticationFailedException");

  private TargetAway() {}

  /** Whether a failure, or what caused it, says so. */
  static boolean isMeantBy(Throwable failure) {
    if (OutboundRefusedException.isIn(failure)) {
      return false; // by the settings; clients wrap it in what says that they cannot connect
    }
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof HttpOperationFailedException http) {
        return isTransient(http.getStatusCode());
      }
      if (cause instanceof ProblemException problem) {
        return isTransient(problem.type().status());
      }
      if (isNamed(cause.getClass())) {
        return true;
      }
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    return false;
  }

  private static boolean isTransient(int status) {
    return TRY_AGAIN.contains(status) || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED);
  }

  private static boolean isNamed(@Nullable Class<?> type) {
    return type != null && (EXCEPTIONS.contains(type.getName()) || isNamed(type.getSuperclass()));
  }
}
