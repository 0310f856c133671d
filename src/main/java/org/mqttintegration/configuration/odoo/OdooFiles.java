package org.mqttintegration.configuration.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.mqttintegration.history.PastMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code odoo_file}: the files of messages that were taken over. */
@Component
class OdooFiles {

  private static final int MEANING = 2 * Long.BYTES + Integer.BYTES;

  private final JdbcClient database;

  OdooFiles(JdbcClient database) {
    this.database = database;
  }

  /**
   * Notes a file, whose messages are stored then.
   *
   * @param messages what its rows are: the same text for another broker, or in another time zone,
   *     is another file
   * @return false when it was taken before
   */
  boolean take(OdooModel model, String csv, List<PastMessage> messages) {
    byte[] text = digest().digest(csv.getBytes(UTF_8));
    return !isOfBefore(text)
        && database
                .sql(
                    """
                    insert into odoo_file (digest, model, messages, imported_at)
                    values (?, ?, ?, now()) on conflict (digest) do nothing
                    """)
                .params(digest(text, messages), model.table(), messages.size())
                .update()
            > 0;
  }

  /**
   * Earlier versions noted the text alone, as is no longer done. For which broker and zone they
   * took it is not known: it counts for all, since messages that are there twice cannot be told
   * apart again, while a file that is left out can come in parts.
   */
  private boolean isOfBefore(byte[] text) {
    return database
        .sql("select exists (select from odoo_file where digest = ?)")
        .param(text)
        .query(Boolean.class)
        .single();
  }

  /** Of a text, and of the broker and the time of each row: other names for these are the same. */
  private static byte[] digest(byte[] text, List<PastMessage> messages) {
    MessageDigest digest = digest();
    digest.update(text);
    for (PastMessage message : messages) {
      digest.update(
          ByteBuffer.allocate(MEANING)
              .putLong(message.brokerId())
              .putLong(message.at().getEpochSecond())
              .putInt(message.at().getNano())
              .flip());
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
