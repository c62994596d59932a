package io.rebound.ingest.sources;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may send with a source's keys: origins as browsers state them ({@code
 * https://shop.example}), or all hosts below one ({@code https://*.shop.example}, without {@code
 * https://shop.example} itself). It keeps other sites' pages out, nobody else: a request without an
 * origin comes from no page and passes, and a program can state what it likes.
 */
public final class AllowedOrigins {
  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
              + "(:[0-9]{1,5})?");
  private static final String BELOW = "://*.";

  private record Below(String scheme, String suffix) {}

  private final Set<String> exact = new HashSet<>();
  private final List<Below> below = new ArrayList<>();

  /** None: every page may send. Each must be {@link #isOne}. */
  public AllowedOrigins(List<String> origins) {
    for (String one : origins) {
      String origin = one.toLowerCase(Locale.ROOT);
      int wildcard = origin.indexOf(BELOW);
      if (wildcard < 0) {
        exact.add(origin);
      } else {
        below.add(
            new Below(
                origin.substring(0, wildcard + 3),
                origin.substring(wildcard + BELOW.length() - 1)));
      }
    }
  }

  /** Whether that is an origin or a pattern of origins; the scheme's usual port is left out. */
  static boolean isOne(String text) {
    return ORIGIN.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a request with that {@code Origin} may send; null if it states none. */
  public boolean allow(@Nullable String stated) {
    if (stated == null || exact.isEmpty() && below.isEmpty()) {
      return true;
    }
    String origin = stated.toLowerCase(Locale.ROOT);
    return exact.contains(origin)
        || below.stream()
            .anyMatch(one ->
                origin.startsWith(one.scheme())
                    && origin.endsWith(one.suffix())
                    && origin.length() > one.scheme().length() + one.suffix().length());
  }
}
