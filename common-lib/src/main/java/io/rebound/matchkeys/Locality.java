package io.rebound.matchkeys;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known about where a value comes from to read it.
 *
 * @param country ISO 3166-1 alpha-2, upper case: whose telephone numbers need no country code,
 *     whose states and postcodes these are; null if unknown
 */
public record Locality(@Nullable String country, DateOrder dateOrder) {
  private static final Locality UNKNOWN = new Locality(null, DateOrder.YEAR_FIRST);

  public Locality {
    country = country == null ? null : country.toUpperCase(Locale.ROOT);
  }

  public static Locality unknown() {
    return UNKNOWN;
  }

  boolean isIn(String... countries) {
    for (String one : countries) {
      if (one.equals(country)) {
        return true;
      }
    }
    return false;
  }
}
