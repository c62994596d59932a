package io.rebound.problems;

import org.jspecify.annotations.Nullable;

/**
 * What part of a list is asked for.
 *
 * @param limit how many elements at most
 * @param after the {@code next} of the part before; null for the first
 */
public record PageRequest(int limit, @Nullable String after) {
  private static final int USUAL = 100;

  /** Checks what a client asked for; at most {@code max} elements a page. */
  public static PageRequest of(@Nullable Integer limit, @Nullable String after, int max) {
    int wanted = limit == null ? Math.min(USUAL, max) : limit;
    if (wanted < 1 || wanted > max) {
      throw new InvalidRequest("limit", "must be from 1 to " + max);
    }
    return new PageRequest(wanted, after == null || after.isEmpty() ? null : after);
  }

  /** {@code after} as the number it must be; 0 for the first part. */
  public long afterNumber() {
    if (after == null) {
      return 0;
    }
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("after", "must be the \"next\" of the page before");
    }
  }

  /** What to read to know whether there is another page. */
  public int oneMore() {
    return limit + 1;
  }
}
