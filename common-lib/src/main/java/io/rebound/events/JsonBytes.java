package io.rebound.events;

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

  /** Any string. */
  JsonBytes text(String text) {
    return isPlain(text) ? plain(text) : raw(EventJson.MAPPER.writeValueAsBytes(text));
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

  /** What was written, in an array of its own. */
  byte[] toByteArray() {
    byte[] written = Arrays.copyOf(bytes, size);
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[USUAL];
    }
    return written;
  }

  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (sign < ' ' || sign > '~' || sign == '"' || sign == '\\') {
        return false;
      }
    }
    return true;
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
