package io.rebound.problems;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to pass as {@code after} for the next part; null at the end
 */
public record Page<T>(List<T> data, @Nullable String next) {
  public Page {
    data = List.copyOf(data);
  }

  /**
   * The page of a list that was read with one row more than asked for, which tells whether there is
   * a next page.
   *
   * @param cursor what identifies an element as the last one of a page
   */
  public static <T> Page<T> of(List<T> oneMore, PageRequest request, Function<T, String> cursor) {
    if (oneMore.size() <= request.limit()) {
      return new Page<>(oneMore, null);
    }
    List<T> data = oneMore.subList(0, request.limit());
    return new Page<>(data, cursor.apply(data.getLast()));
  }
}
