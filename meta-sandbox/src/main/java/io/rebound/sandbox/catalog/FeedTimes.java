package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When a feed is fetched next, kept in the feed beside its schedules. */
final class FeedTimes {
  /** A feed has two schedules: the first replaces its items, the second only updates them. */
  static final List<String> SCHEDULES = List.of("schedule", "update_schedule");

  private static final String NEXT = "_next";

  private FeedTimes() {}

  /** Sets the next time after that one; none if there is no such schedule. */
  static void begin(ObjectNode feed, String name, Instant after) {
    if (feed.path(name).isObject()) {
      FeedSchedule schedule = FeedSchedule.of(feed.path(name));
      feed.put(name + NEXT, schedule.next(after).toEpochMilli());
    }
  }

  static boolean due(ObjectNode feed, String name, Instant now) {
    return feed.path(name).isObject() && next(feed, name) <= now.toEpochMilli();
  }

  static long next(ObjectNode feed, String name) {
    return feed.path(name + NEXT).asLong(Long.MAX_VALUE);
  }

  /** The session that does what the schedule says. */
  static ObjectNode upload(ObjectNode feed, String name) {
    JsonNode schedule = feed.path(name);
    return Answer.object()
        .put("feed", feed.path("id").asString(""))
        .put("url", schedule.path("url").asString(""))
        .put("username", schedule.path("username").asString(""))
        .put("password", schedule.path("password").asString(""))
        .put("input_method", "Server Fetch")
        .put("update_only", name.equals("update_schedule"));
  }
}
