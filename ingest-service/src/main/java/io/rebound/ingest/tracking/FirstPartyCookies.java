package io.rebound.ingest.tracking;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.rebound.events.Purpose;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has the visitor's browser keep Meta's click and browser ids, where a source's doors are served
 * under the site's own domain: the time of a click is then the one at which it was first seen,
 * however often its page is looked at. Only for a source that asks for it, a page and a door of its
 * domain, and an event whose person allows ads. Scripts may read the cookies, as Meta's pixel does.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc">fbp
 *     and fbc parameters</a>
 */
final class FirstPartyCookies {
  private static final long DAYS_90 = 90L * 24 * 60 * 60;
  // what a cookie may hold and a click id consists of
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~%-]{1,500}");

  private FirstPartyCookies() {}

  /** The answer with the cookies that the events call for. */
  static DoorAnswer add(DoorAnswer answer, List<Element> events, SegmentFormat format) {
    Source source = format.arrival().source();
    String domain = source.visits().cookieDomain();
    if (domain == null || answer.status() != 200 || !isOwnPage(format.request(), domain)) {
      return answer;
    }
    for (Element event : events) {
      try {
        SegmentMessage message = SegmentMessage.of(event.json(), format.type(), format.envelope());
        if (allowsAds(message, format)) {
          return add(answer, domain, message, format);
        }
      } catch (InvalidEvent refused) {
        // it was told so already
      }
    }
    return answer;
  }

  private static DoorAnswer add(
      DoorAnswer answer, String domain, SegmentMessage message, SegmentFormat format) {
    SegmentRequest visit = format.visit(message);
    DoorAnswer result = answer;
    String fbc =
        visit.fbc(
            SegmentTime.of(
                    message.json(),
                    message.sentAt(),
                    format.arrival().receivedAt(),
                    format.imported())
                .at());
    if (visit.click() != null && fbc != null && !fbc.equals(format.request().cookie("_fbc"))) {
      result = with(result, "_fbc", fbc, domain);
    }
    if (visit.fbp() == null) {
      long random = ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
      String fbp = "fb.1." + format.arrival().receivedAt().toEpochMilli() + "." + random;
      result = with(result, "_fbp", fbp, domain);
    }
    return result;
  }

  private static DoorAnswer with(DoorAnswer answer, String name, String value, String domain) {
    return SAFE.matcher(value).matches()
        ? answer.with(
            "Set-Cookie",
            "%s=%s; Domain=%s; Path=/; Max-Age=%d; Secure; SameSite=Lax"
                .formatted(name, value, domain, DAYS_90))
        : answer;
  }

  private static boolean allowsAds(SegmentMessage message, SegmentFormat format) {
    Boolean stated = format.consent().stated(message.context()).purposes().get(Purpose.ADS);
    return stated != null
        ? stated
        : format.arrival().source().consentDefault().getOrDefault(Purpose.ADS, false);
  }

  private static boolean isOwnPage(DoorRequest request, String domain) {
    return isUnder(hostOf(request.header(HttpHeaderNames.ORIGIN)), domain)
        && isUnder(hostOf("door://" + request.header(HttpHeaderNames.HOST)), domain);
  }

  private static boolean isUnder(@Nullable String host, String domain) {
    return host != null && (host.equals(domain) || host.endsWith("." + domain));
  }

  private static @Nullable String hostOf(@Nullable String origin) {
    try {
      String host = origin == null ? null : URI.create(origin).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
