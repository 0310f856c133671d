package org.mqttintegration.console.administration;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A password that somebody is given, to be changed. Nobody mistakes its letters on paper. */
final class GivenPassword {

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;
  private static final int GROUP = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private GivenPassword() {}

  /** About 100 bits, in groups that are read out easily. */
  static String make() {
    return IntStream.range(0, GROUPS).mapToObj(group -> group()).collect(Collectors.joining("-"));
  }

  private static String group() {
    return RANDOM
        .ints(GROUP, 0, LETTERS.length())
        .mapToObj(index -> LETTERS.substring(index, index + 1))
        .collect(Collectors.joining());
  }
}
