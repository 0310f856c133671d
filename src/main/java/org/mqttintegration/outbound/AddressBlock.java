package org.mqttintegration.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses (CIDR), IPv4 or IPv6, at one port or at all.
 *
 * @param text as it is written in the settings
 * @param network the first address
 * @param length how many leading bits count, up to 32 or 128
 * @param port the only port that is meant, null for all
 */
public record AddressBlock(String text, InetAddress network, int length, @Nullable Integer port) {

  private static final int MAX_PORT = 65_535;

  /** An IPv4 address that is written as an IPv6 one has these bits before it. */
  private static final int MAPPED_BITS = 96;

  private static final String FORM =
      "\"%s\" is no block of addresses: %s. Write one as in 10.1.0.0/16, 10.1.2.3, 10.1.2.3:5432,"
          + " fd00::/8 or [fd00::/8]:5432";

  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)](?::(\\d{1,5}))?");
  private static final Pattern IPV4 =
      Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}(?:/\\d{1,3})?)(?::(\\d{1,5}))?");
  private static final Pattern IPV6 =
      Pattern.compile("([0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:/\\d{1,3})?)()");

  /**
   * Reads a block, as in {@code 10.0.0.0/8}, {@code 10.1.2.3:5432} or {@code [fd00::/8]:443}.
   *
   * @throws IllegalArgumentException when it is none, with what is wrong
   */
  public static AddressBlock valueOf(String written) {
    String text = written.strip();
    for (Pattern form : new Pattern[] {BRACKETED, IPV4, IPV6}) {
      Matcher matcher = form.matcher(text);
      if (matcher.matches()) {
        return block(text, matcher.group(1), matcher.group(2));
      }
    }
    throw wrong(text, "host names are not resolved here, and nothing else is an address");
  }

  private static AddressBlock block(String text, String block, @Nullable String portText) {
    int slash = block.indexOf('/');
    String literal = slash < 0 ? block : block.substring(0, slash);
    InetAddress network = address(text, literal);
    int bits = network.getAddress().length * Byte.SIZE;
    int length = bits;
    if (slash >= 0) {
      length = Integer.parseInt(block.substring(slash + 1));
      length -= bits == Integer.SIZE && literal.contains(":") ? MAPPED_BITS : 0;
    }
    if (length < 0 || length > bits) {
      throw wrong(text, "the prefix length is 0 to " + bits);
    }
    byte[] first = masked(network.getAddress(), length);
    if (!Arrays.equals(first, network.getAddress())) {
      throw wrong(text, "the block of that length begins with " + literal(first));
    }
    return new AddressBlock(text, network, length, port(text, portText));
  }

  private static InetAddress address(String text, String literal) {
    boolean canBeOne = literal.contains(":") || IPV4.matcher(literal).matches();
    try {
      if (canBeOne && literal.matches("[0-9a-fA-F:.]+")) {
        return InetAddress.getByName(literal); // a literal is not looked up
      }
    } catch (UnknownHostException e) {
      throw wrong(text, literal + " is no address");
    }
    throw wrong(text, literal + " is no address");
  }

  private static @Nullable Integer port(String text, @Nullable String port) {
    if (port == null || port.isEmpty()) {
      return null;
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw wrong(text, "a port is 1 to " + MAX_PORT);
    }
    return number;
  }

  /** Whether an address at a port is in it. */
  public boolean contains(InetAddress address, int atPort) {
    byte[] bytes = address.getAddress();
    return bytes.length == network.getAddress().length
        && (port == null || port == atPort)
        && Arrays.equals(masked(bytes, length), network.getAddress());
  }

  private static byte[] masked(byte[] address, int length) {
    byte[] masked = address.clone();
    for (int bit = length; bit < masked.length * Byte.SIZE; bit++) {
      masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
    }
    return masked;
  }

  private static String literal(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static IllegalArgumentException wrong(String text, String reason) {
    return new IllegalArgumentException(FORM.formatted(text, reason));
  }

  @Override
  public String toString() {
    return text;
  }
}
