package io.rebound.sandbox.inspection;

/** What the lists' parameters mean. */
final class Pages {
  private static final int MOST = 1000;

  private Pages() {}

  static int limit(int asked) {
    return Math.clamp(asked, 1, MOST);
  }

  /**
   * The position a cursor means.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  static long position(String after, long otherwise) {
    if (after.isBlank()) {
      return otherwise;
    }
    try {
      return Long.parseLong(after.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("after is a value of next", e);
    }
  }
}
