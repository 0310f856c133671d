package org.mqttintegration.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.springframework.util.StringUtils;

/** Takes a query string apart: {@code a=1&b=x%3Dy}. */
final class QueryString {

  private QueryString() {}

  /**
   * The decoded values by parameter name, in their order.
   *
   * @throws ProblemException where it is not percent-encoded UTF-8, or has a NUL
   */
  static Map<String, List<String>> parse(@Nullable String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (query == null) {
      return values;
    }
    for (String pair : StringUtils.delimitedListToStringArray(query, "&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), "");
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), name);
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return values;
  }

  private static String decode(String encoded, String parameter) {
    try {
      // URLDecoder would replace what is not UTF-8, and so look for something else
      byte[] latin =
          java.net.URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(latin)).toString();
      if (value.indexOf('\0') < 0) {
        return value;
      }
      throw ProblemException.invalid(parameter, "No NUL character is allowed.");
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw ProblemException.invalid(parameter, "It is not percent-encoded UTF-8.");
    }
  }
}
