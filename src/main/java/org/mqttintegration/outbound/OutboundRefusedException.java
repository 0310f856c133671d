package org.mqttintegration.outbound;

import java.io.IOException;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/** An address must not be connected to, by the settings. Nothing was sent there. */
public final class OutboundRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  OutboundRefusedException(String message) {
    super(message);
  }

  /** Whether a failure is one, or was caused by one. */
  public static boolean isIn(Throwable failure) {
    return in(failure) != null;
  }

  /** The one that a failure is, or was caused by; null when there is none. */
  public static @Nullable OutboundRefusedException in(Throwable failure) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      if (cause instanceof OutboundRefusedException refusal) {
        return refusal;
      }
    }
    return null;
  }
}
