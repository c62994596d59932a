package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An audience with who is in it and what became of its last upload. Guarded by the store. */
final class Audience {
  private static final int MANY_INVALID_PERCENT = 10;

  final String id;
  final ObjectNode about;
  final VisibleSize visibleSize;
  Members members = new Members();
  Condition condition = Condition.GOOD;
  @Nullable Replacement replacement;
  private long contentUpdatedAt;
  private long lastReceived;
  private long lastInvalid;
  private long replacedBy; // the last replacement's session
  private boolean replacedLate;
  private boolean replaceFailed;

  Audience(String id, ObjectNode about, Duration delay) {
    this.id = id;
    this.about = about;
    this.visibleSize = new VisibleSize(delay);
  }

  String name() {
    return about.path("name").asString("");
  }

  boolean valueBased() {
    return about.path("is_value_based").asBoolean(false);
  }

  long contentUpdatedAt() {
    return contentUpdatedAt;
  }

  void uploaded(long at, long received, long invalid) {
    contentUpdatedAt = at;
    lastReceived = received;
    lastInvalid = invalid;
    visibleSize.changed(at, members.size());
  }

  /** Refuses a change of who is in that may not come now. */
  void checkMembersMayChange() {
    condition.checkUsable();
    condition.checkMembersMayChange();
    if (replacement != null) {
      throw ReplaceRefusals.inProgress();
    }
  }

  /** Refuses a replacement's batch that may not come now. */
  void check(ReplaceBatch batch) {
    condition.checkUsable();
    condition.checkMembersMayChange();
    if (replacement != null) {
      replacement.check(batch);
    } else if (batch.session() == replacedBy) {
      throw replacedLate ? ReplaceRefusals.timedOut() : ReplaceRefusals.finished();
    } else if (batch.sequence() != 1) {
      throw ReplaceRefusals.noFirstBatch();
    } else if (contentUpdatedAt == 0) {
      throw ReplaceRefusals.notNormal();
    }
  }

  Replacement replace(ReplaceBatch batch) {
    if (replacement == null) {
      replacement = new Replacement(batch);
    }
    replacement.take(batch);
    return replacement;
  }

  /** What arrived takes the place of everybody. */
  void replaced(long at) {
    Replacement done = replacement;
    if (done == null) {
      return;
    }
    replacement = null;
    members = done.arrived;
    replacedBy = done.session;
    replacedLate = done.timedOut();
    replaceFailed = done.incomplete();
    uploaded(at, done.received(), done.invalid());
  }

  OperationStatus status(long now) {
    if (condition.status() != 0) {
      return OperationStatus.of(condition.status());
    }
    if (condition.flagged()) {
      return OperationStatus.FLAGGED;
    }
    if (replacement != null) {
      return OperationStatus.REPLACE_IN_PROGRESS;
    }
    if (replaceFailed) {
      return OperationStatus.REPLACE_FAILED;
    }
    if (contentUpdatedAt == 0) {
      return OperationStatus.NO_FILE;
    }
    if (lastInvalid * 100 > lastReceived * MANY_INVALID_PERCENT) {
      return OperationStatus.MANY_INVALID;
    }
    return visibleSize.pending(now) ? OperationStatus.POPULATING : OperationStatus.NORMAL;
  }

  /** What the journal keeps beside the members and a running replacement. */
  ObjectNode kept() {
    ObjectNode kept = Answer.object().put("id", id);
    kept.set("about", about);
    kept.set("condition", condition.json());
    kept.set("sizes", visibleSize.kept());
    return kept.put("updated", contentUpdatedAt)
        .put("received", lastReceived)
        .put("invalid", lastInvalid)
        .put("replaced_by", replacedBy)
        .put("replaced_late", replacedLate)
        .put("replace_failed", replaceFailed);
  }

  static Audience restored(JsonNode kept, Duration delay) {
    var audience =
        new Audience(
            kept.path("id").asString(""),
            kept.path("about") instanceof ObjectNode about ? about : Answer.object(),
            delay);
    audience.contentUpdatedAt = kept.path("updated").asLong(0);
    audience.lastReceived = kept.path("received").asLong(0);
    audience.lastInvalid = kept.path("invalid").asLong(0);
    audience.replacedBy = kept.path("replaced_by").asLong(0);
    audience.replacedLate = kept.path("replaced_late").asBoolean(false);
    audience.replaceFailed = kept.path("replace_failed").asBoolean(false);
    audience.condition = Condition.of(kept.path("condition"));
    audience.visibleSize.restore(kept.path("sizes"));
    return audience;
  }
}
