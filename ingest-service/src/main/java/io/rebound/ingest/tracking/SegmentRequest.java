package io.rebound.ingest.tracking;

import static io.rebound.matchkeys.MatchKey.CLIENT_IP_ADDRESS;
import static io.rebound.matchkeys.MatchKey.CLIENT_USER_AGENT;
import static io.rebound.matchkeys.MatchKey.FBC;
import static io.rebound.matchkeys.MatchKey.FBP;

import io.netty.handler.codec.http.HttpHeaderNames;
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
final class SegmentRequest {
  private final DoorRequest request;
  private final Fields message;
  private final Fields context;
  private final Fields properties;
  private final @Nullable String address;
  private final @Nullable String userAgent;
  private final @Nullable String fbp;

  SegmentRequest(DoorRequest request, Fields message, Fields context, Fields properties) {
    this.request = request;
    this.message = message;
    this.context = context;
    this.properties = properties;
    boolean ownVisit = comesFromTheVisitor();
    address = or(context.text("ip"), ownVisit ? request.clientAddress() : null);
    userAgent =
        or(
            context.text("userAgent", "user_agent"),
            ownVisit ? Text.of(request.header(HttpHeaderNames.USER_AGENT)) : null);
    fbp = or(inMessage("fbp", "_fbp"), Text.of(request.cookie("_fbp")));
  }

  RawKeys keys(Instant at) {
    return new RawKeys()
        .add(CLIENT_IP_ADDRESS, address)
        .add(CLIENT_USER_AGENT, userAgent)
        .add(FBP, fbp)
        .add(FBC, fbc(at));
  }

  /** The visitor's browser or app; null where it is nobody's visit. */
  @Nullable String userAgent() {
    return userAgent;
  }

  /** Meta's browser id. */
  @Nullable String fbp() {
    return fbp;
  }

  /**
   * Meta's form of the click that led here. A cookie keeps the time at which a click was first
   * seen; another click in the page's address is a newer one.
   *
   * @param at when the event happened, which is when a click without a cookie was seen
   */
  @Nullable String fbc(Instant at) {
    String given = inMessage("fbc", "_fbc");
    if (given != null) {
      return given;
    }
    String cookie = Text.of(request.cookie("_fbc"));
    String click = click();
    boolean known = click == null || (cookie != null && cookie.endsWith("." + click));
    return known ? cookie : "fb.1." + at.toEpochMilli() + "." + click;
  }

  /** Where a site's own backend or a server library calls, its address is nobody's. */
  private boolean comesFromTheVisitor() {
    if (Boolean.FALSE.equals(context.flag("active"))) {
      return false; // somebody else tells of the person
    }
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

  /** The spellings of three products. */
  private @Nullable String inMessage(String name, String asCookie) {
    return or(
        or(context.text(name, asCookie), context.object("clientIds").text(name)),
        properties.text(name, asCookie));
  }

  /** The click id that the page's address carries. */
  @Nullable String click() {
    Fields page = context.object("page");
    String id = or(click(page.text("url")), click(page.text("search")));
    return id == null ? or(click(properties.text("url")), click(properties.text("search"))) : id;
  }

  private static @Nullable String click(@Nullable String address) {
    return address == null ? null : PageUrl.parameter(address, "fbclid");
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
