package io.rebound.ingest.tracking;

import static io.rebound.matchkeys.MatchKey.CLIENT_IP_ADDRESS;
import static io.rebound.matchkeys.MatchKey.CLIENT_USER_AGENT;
import static io.rebound.matchkeys.MatchKey.FBC;
import static io.rebound.matchkeys.MatchKey.FBP;

import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.PageUrl;
import io.rebound.ingest.intake.RawKeys;
import io.rebound.ingest.intake.Text;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a message and the request it came by say about the visit: address, browser, Meta's click and
 * browser ids.
 */
record SegmentRequest(DoorRequest request, Fields message, Fields context, Fields properties) {

  RawKeys keys(Instant at) {
    boolean ownVisit = comesFromTheVisitor();
    return new RawKeys()
        .add(CLIENT_IP_ADDRESS, or(context.text("ip"), ownVisit ? request.clientAddress() : null))
        .add(
            CLIENT_USER_AGENT,
            or(
                context.text("userAgent", "user_agent"),
                ownVisit ? Text.of(request.header("User-Agent")) : null))
        .add(FBP, fbp())
        .add(FBC, or(given("fbc"), clicked(at)));
  }

  @Nullable String fbp() {
    return given("fbp");
  }

  /** Where a site's own backend or a server library calls, its address is nobody's. */
  private boolean comesFromTheVisitor() {
    if (Boolean.TRUE.equals(context.flag("direct"))) {
      return true;
    }
    String channel = or(message.text("channel"), context.text("channel"));
    if (channel != null) {
      return !channel.equalsIgnoreCase("server") && !channel.equalsIgnoreCase("sources");
    }
    String library = context.object("library").text("name");
    String name = library == null ? "" : library.toLowerCase(Locale.ROOT);
    return name.startsWith("analytics.js")
        || name.contains("javascript")
        || name.contains("kotlin")
        || name.contains("swift")
        || name.contains("ios")
        || name.contains("android");
  }

  /** The spellings of three products, then the site's own cookie. */
  private @Nullable String given(String name) {
    String inMessage =
        or(
            or(context.text(name, "_" + name), context.object("clientIds").text(name)),
            properties.text(name, "_" + name));
    return or(inMessage, Text.of(request.cookie("_" + name)));
  }

  /**
   * Meta's form of a click id that only the page's address carries: seen when the event happened.
   */
  private @Nullable String clicked(Instant at) {
    Fields page = context.object("page");
    String id = null;
    for (String address :
        new @Nullable String[] {
          page.text("url"), page.text("search"), properties.text("url"), properties.text("search")
        }) {
      id = or(id, PageUrl.parameter(address, "fbclid"));
    }
    return id == null ? null : "fb.1." + at.toEpochMilli() + "." + id;
  }

  private static @Nullable String or(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SegmentRequest[…]";
  }
}
