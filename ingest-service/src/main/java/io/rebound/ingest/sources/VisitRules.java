package io.rebound.ingest.sources;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a source's visits are judged, and what its visitors' browsers are told to keep.
 *
 * @param crawlers what becomes of an event whose user agent is a crawler's
 * @param cookieDomain the site's own domain, for instance {@code shop.example}, where the doors are
 *     served under it as well: answers to its pages may then set Meta's cookies {@code _fbc} and
 *     {@code _fbp} for it. Unset: no answer sets a cookie
 */
public record VisitRules(@DefaultValue("drop") Crawlers crawlers, @Nullable String cookieDomain) {

  /** What becomes of a crawler's event. */
  public enum Crawlers {
    /** It is answered as if it were taken, counted, and goes nowhere. */
    DROP,
    /** It goes on with {@code crawler: true} in its custom data, and not to Meta. */
    MARK,
    /** It is an event like any other. */
    KEEP
  }

  public VisitRules {
    crawlers = Objects.requireNonNullElse(crawlers, Crawlers.DROP);
    cookieDomain = cookieDomain == null ? null : cookieDomain.toLowerCase(Locale.ROOT);
    if (cookieDomain != null && !cookieDomain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
      throw new IllegalArgumentException("A cookie domain has at least two parts, and no scheme");
    }
  }

  /** Crawlers are left out, no cookies are set. */
  public static VisitRules usual() {
    return new VisitRules(Crawlers.DROP, null);
  }
}
