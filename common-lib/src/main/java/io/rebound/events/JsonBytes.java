package io.rebound.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;

/**
 * JSON in UTF-8, put together in a buffer that a thread uses again and again. What it is given
 * piece by piece it doesn't check for being JSON as a whole.
 */
final class JsonBytes {
  private static final int USUAL = 4 * 1024;
  private static final int MOST_KEPT = 64 * 1024;
  private static final int LONGEST_NUMBER = 20;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final ThreadLocal<JsonBytes> OF_THREAD = ThreadLocal.withInitial(JsonBytes::new);

  private byte[] bytes = new byte[USUAL];
  private int size;

  private JsonBytes() {}

  /** The calling thread's, empty. */
  static JsonBytes empty() {
    JsonBytes own = OF_THREAD.get();
    own.size = 0;
    return own;
  }

  /** As it is. */
  JsonBytes raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** One sign of JSON's own. */
  JsonBytes raw(char sign) {
    reserve(1);
    bytes[size++] = (byte) sign;
    return this;
  }

  /** A string that is known to hold nothing but ASCII that needs no escape, such as base64. */
  JsonBytes plain(String text) {
    reserve(text.length() + 2);
    bytes[size++] = '"';
    copy(text);
    bytes[size++] = '"';
    return this;
  }

  /** Any string; half of a surrogate pair, which UTF-8 can't hold, becomes a question mark. */
  JsonBytes text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (utf8.length != text.length() || !isPlain(utf8)) {
      return raw(EventJson.MAPPER.writeValueAsBytes(text));
    }
    reserve(utf8.length + 2);
    bytes[size++] = '"';
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    bytes[size++] = '"';
    return this;
  }

  JsonBytes number(long number) {
    reserve(LONGEST_NUMBER);
    copy(Long.toString(number));
    return this;
  }

  /** A number that was written already. */
  JsonBytes number(String number) {
    reserve(number.length());
    copy(number);
    return this;
  }

  /** ISO-8601 in UTC. */
  JsonBytes instant(Instant instant) {
    return plain(InstantText.of(instant));
  }

  /** How many bytes were written. */
  int size() {
    return size;
  }

  /** What was written, in an array of its own. */
  byte[] toByteArray() {
    byte[] written = Arrays.copyOf(bytes, size);
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[USUAL];
    }
    return written;
  }

  /**
   * Whether ASCII needs no escape; eight signs at once, because every text of an event is asked.
   */
  private static boolean isPlain(byte[] ascii) {
    int at = 0;
    long special = 0;
    for (; at <= ascii.length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT.get(ascii, at);
      special |= below(' ', eight) | below(1, eight ^ '"' * ONES) | below(1, eight ^ '\\' * ONES);
    }
    for (; at < ascii.length; at++) {
      byte sign = ascii[at];
      special |= sign < ' ' || sign == '"' || sign == '\\' ? HIGH_BITS : 0;
    }
    return special == 0;
  }

  /** Not zero if any of the eight bytes is below that; none of them is above 127. */
  private static long below(long least, long eight) {
    return eight - least * ONES & HIGH_BITS;
  }

  @SuppressWarnings("deprecation") // it cuts signs to a byte, which ASCII is; one copy, no garbage
  private void copy(String ascii) {
    ascii.getBytes(0, ascii.length(), bytes, size);
    size += ascii.length();
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
