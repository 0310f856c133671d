package org.mqttintegration.api;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * An answer of bytes or lines, read as it is sent.
 *
 * @param mediaType what it is
 * @param disposition what a browser does with it, null when nothing is said
 * @param body to be read once, and closed
 */
public record Content(String mediaType, @Nullable String disposition, InputStream body) {

  private static final Logger LOG = LoggerFactory.getLogger(Content.class);
  private static final int BUFFER = 64 * 1024;

  /** The same, to be saved under that name. */
  public Content saved(String name) {
    return new Content(
        mediaType, ContentDisposition.attachment().filename(name).build().toString(), body);
  }

  /** The same, with another body. */
  public Content with(InputStream other) {
    return new Content(mediaType, disposition, other);
  }

  /**
   * Sends it, with what is there at once. When it cannot be read to its end, the answer does not
   * end either: the connection is closed in its midst, so that nobody takes it for whole.
   *
   * @return whether all of it was sent
   */
  public boolean send(HttpServletRequest request, HttpServletResponse response) {
    try (InputStream in = body) {
      response.setContentType(mediaType);
      if (disposition != null) {
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
      }
      ServletOutputStream out = response.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
      return true;
    } catch (BrokenBody broken) {
      LOG.warn(
          "Answer cut short path={} reason={}",
          request.getRequestURI(),
          NestedExceptionUtils.getMostSpecificCause(broken).toString());
      CutShort.mark(request);
    } catch (IOException gone) {
      LOG.debug("Nobody reads the answer any more path={}", request.getRequestURI(), gone);
    }
    return false;
  }

  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw new BrokenBody(e);
    }
  }

  /** The body, and not its reader, is to blame. */
  private static final class BrokenBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenBody(Exception cause) {
      super(cause);
    }
  }
}
