package io.rebound.sandbox.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page begins, as an opaque text.
 *
 * @param position in the list
 * @param page how many pages came before
 */
record Cursor(int position, int page) {
  static final Cursor START = new Cursor(0, 0);

  String text() {
    byte[] text = (position + ":" + page).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  static Cursor of(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      int position = Integer.parseInt(plain.substring(0, colon));
      int page = Integer.parseInt(plain.substring(colon + 1));
      return new Cursor(Math.max(0, position), Math.max(0, page));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw GraphError.invalidParameter("Invalid cursors values");
    }
  }
}
