package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.node.ObjectNode;

/** An audience as it is read: sizes are ranges, rough and late. */
final class ShownAudience {
  private static final int USABLE = 100;
  private static final int SHOWN_FROM = 1_000;
  private static final int UNUSABLE_FROM = 400;

  private ShownAudience() {}

  /** Everything a reader may ask for by {@code fields}. */
  static ObjectNode of(Audience audience, String adAccount, long now) {
    ObjectNode shown = Answer.object().put("id", audience.id);
    shown.setAll(audience.about);
    shown.put("account_id", adAccount.replace("act_", ""));
    int size = audience.visibleSize.shown(now, audience.members.size());
    OperationStatus status = audience.status(now);
    shown
        .put("approximate_count_lower_bound", size < SHOWN_FROM ? SHOWN_FROM : rounded(size))
        .put("approximate_count_upper_bound", size < SHOWN_FROM ? SHOWN_FROM : upper(size))
        .put("time_content_updated", audience.contentUpdatedAt() / 1000)
        .put("delete_time", 0);
    shown
        .putObject("operation_status")
        .put("code", status.code())
        .put("description", status.description());
    delivery(shown.putObject("delivery_status"), size, audience.condition);
    shown
        .putObject("data_source")
        .put("type", "FILE_IMPORTED")
        .put("sub_type", "MULTI_HASHES")
        .put("creation_params", "[]");
    audience
        .condition
        .violating()
        .forEach(shown.putArray("fields_violating_integrity_policy")::add);
    return shown;
  }

  private static void delivery(ObjectNode delivery, int size, Condition condition) {
    if (condition.flagged()) {
      delivery.put("code", UNUSABLE_FROM).put("description", "This audience can't be used.");
    } else if (size < USABLE) {
      delivery.put("code", 300).put("description", "This audience is too small to be used.");
    } else {
      delivery.put("code", 200).put("description", "This audience is ready for use.");
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
}
