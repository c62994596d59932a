package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An audience with what is told about it. Guarded by the store. */
final class Audience {
  private static final int USABLE = 100;
  private static final int SHOWN_FROM = 1_000;
  private static final int MANY_INVALID_PERCENT = 10;

  final String id;
  final ObjectNode about;
  final Members members = new Members();
  private long contentUpdatedAt;
  private int lastReceived;
  private int lastInvalid;

  Audience(String id, ObjectNode about) {
    this.id = id;
    this.about = about;
  }

  String name() {
    return about.path("name").asString("");
  }

  boolean valueBased() {
    return about.path("is_value_based").asBoolean(false);
  }

  void uploaded(long at, int received, int invalid) {
    contentUpdatedAt = at;
    lastReceived = received;
    lastInvalid = invalid;
  }

  /** Everything a reader may ask for by {@code fields}. */
  ObjectNode shown(String adAccount) {
    ObjectNode shown = Answer.object().put("id", id);
    shown.setAll(about);
    shown.put("account_id", adAccount.replace("act_", ""));
    int size = members.size();
    shown
        .put("approximate_count_lower_bound", size < SHOWN_FROM ? SHOWN_FROM : rounded(size))
        .put("approximate_count_upper_bound", size < SHOWN_FROM ? SHOWN_FROM : upper(size))
        .put("time_content_updated", contentUpdatedAt / 1000)
        .put("delete_time", 0);
    status(shown.putObject("operation_status"));
    ObjectNode delivery = shown.putObject("delivery_status");
    if (size < USABLE) {
      delivery.put("code", 300).put("description", "This audience is too small to be used.");
    } else {
      delivery.put("code", 200).put("description", "This audience is ready for use.");
    }
    shown
        .putObject("data_source")
        .put("type", "FILE_IMPORTED")
        .put("sub_type", "MULTI_HASHES")
        .put("creation_params", "[]");
    shown.putArray("fields_violating_integrity_policy");
    return shown;
  }

  private void status(ObjectNode status) {
    if (contentUpdatedAt == 0) {
      status.put("code", 410).put("description", "No file has been uploaded yet.");
    } else if (lastInvalid * 100L > (long) lastReceived * MANY_INVALID_PERCENT) {
      status.put("code", 412).put("description", "Many entries of the last upload were invalid.");
    } else {
      status.put("code", 200).put("description", "Normal");
    }
  }

  // two leading digits, as Meta's ranges have
  private static long rounded(long size) {
    long unit = unit(size);
    return size / unit * unit;
  }

  private static long upper(long size) {
    return rounded(size + size / 6) + unit(size);
  }

  private static long unit(long size) {
    return (long) Math.pow(10, Math.max(0, (int) Math.log10(size) - 1));
  }

  /** What the journal keeps beside the members. */
  ObjectNode kept() {
    ObjectNode kept = Answer.object().put("id", id);
    kept.set("about", about);
    return kept.put("updated", contentUpdatedAt)
        .put("received", lastReceived)
        .put("invalid", lastInvalid);
  }

  static Audience restored(JsonNode kept) {
    var audience =
        new Audience(
            kept.path("id").asString(""),
            kept.path("about") instanceof ObjectNode about ? about : Answer.object());
    audience.uploaded(
        kept.path("updated").asLong(0),
        kept.path("received").asInt(0),
        kept.path("invalid").asInt(0));
    return audience;
  }
}
