package org.mqttintegration.mqtt;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.outbound.OutboundRefusedException;

/**
 * Says what went wrong with a connection, for a person to read. A failure may come out of a chain
 * of futures, which wrap it.
 */
final class Failures {

  private static final int LAST_REASON_CODE = 0xFF;

  private Failures() {}

  /** The reason code of a broker's refusal, 0 if it is not one. */
  static int reasonCode(@Nullable Throwable wrapped) {
    Throwable failure = unwrapped(wrapped);
    if (failure instanceof RefusedException refused) {
      return refused.reasonCode();
    }
    if (failure instanceof MqttException e
        && e.getReasonCode() >= ReasonCode.FIRST_FAILURE
        && e.getReasonCode() <= LAST_REASON_CODE) {
      return e.getReasonCode();
    }
    return 0;
  }

  /** What the delay before the next attempt to connect depends on, for {@link Backoff#next}. */
  static int retryCode(@Nullable Throwable failure) {
    return failure != null && OutboundRefusedException.isIn(failure)
        ? Backoff.NOT_PERMITTED
        : reasonCode(failure);
  }

  /** Whether Paho sent nothing, as the broker's Receive Maximum is reached (section 4.9). */
  static boolean isBusy(@Nullable Throwable failure) {
    return unwrapped(failure) instanceof MqttException e
        && e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
  }

  static String describe(@Nullable Throwable wrapped) {
    Throwable failure = unwrapped(wrapped);
    if (failure == null) {
      return "the connection ended";
    }
    if (failure instanceof RefusedException refused) {
      return "the broker refused: " + refused.getMessage();
    }
    int code = reasonCode(failure);
    if (code != 0) {
      return "the broker refused: " + ReasonCode.describe(code);
    }
    if (failure instanceof MqttException e) {
      return describeClient(e);
    }
    if (failure instanceof UnknownHostException) {
      return "the host name cannot be resolved";
    }
    if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return "no connection: " + failure.getMessage();
    }
    if (failure instanceof EOFException) {
      return "the broker closed the connection";
    }
    if (failure instanceof SSLException) {
      return "TLS: " + failure.getMessage();
    }
    String message = failure.getMessage();
    return message != null ? message : failure.getClass().getSimpleName();
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String describeClient(MqttException e) {
    if (e.getReasonCode() == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
      return "no answer to a PING within the keepalive";
    }
    Throwable cause = e.getCause();
    if (cause != null && cause != e) {
      return describe(cause);
    }
    return e.getReasonCode() == MqttClientException.REASON_CODE_CONNECTION_LOST
        ? "the broker closed the connection"
        : String.valueOf(e.getMessage());
  }
}
