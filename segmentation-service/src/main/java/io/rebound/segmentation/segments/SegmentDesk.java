package io.rebound.segmentation.segments;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.segmentation.rules.Condition;
import io.rebound.segmentation.rules.DefinitionParser;
import io.rebound.segmentation.rules.Needs;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Takes in new and changed definitions; the walk that follows brings memberships in line. */
@Component
class SegmentDesk {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Set<String> FIELDS = Set.of("name", "description", "audience", "when");
  private static final int LONGEST_DESCRIPTION = 1000;

  private final Changes changes;
  private final Segments segments;
  private final Clock clock;

  SegmentDesk(Changes changes, Segments segments, Clock clock) {
    this.changes = changes;
    this.segments = segments;
    this.clock = clock;
  }

  /** Returns whether the segment is new. */
  @Transactional
  boolean put(String name, JsonNode body) {
    Segment segment = read(name, body);
    changes.definitionChanges();
    Definitions standing = segments.definitions();
    refuseCircle(segment, standing.rules());
    List<Segment> before =
        standing.segments().stream().filter(other -> other.name().equals(name)).toList();
    segments.put(segment);
    return before.isEmpty();
  }

  @Transactional
  void delete(String name) {
    changes.definitionChanges();
    for (Segment other : segments.definitions().segments()) {
      if (Needs.of(List.of(other.rule())).segments().contains(name)) {
        throw new InvalidRequest("name", "is referred to by the segment " + other.name());
      }
    }
    if (!segments.delete(name)) {
      throw new NotFound("segment");
    }
  }

  private Segment read(String name, JsonNode body) {
    if (!NAME.matcher(name).matches() || name.equals("preview")) {
      throw new InvalidRequest("name", "must be 1 to 64 of a-z, 0-9, - and _, but not preview");
    }
    if (!body.isObject()) {
      throw new InvalidRequest("body", "must be an object");
    }
    for (String field : body.propertyNames()) {
      if (!FIELDS.contains(field)) {
        String shown = field.length() > 100 ? field.substring(0, 100) : field;
        throw new InvalidRequest(shown, "is not known here; known are audience, description, when");
      }
    }
    if (body.has("name") && !body.get("name").asString("").equals(name)) {
      throw new InvalidRequest("name", "must be the name in the address, or be left out");
    }
    JsonNode audience = body.path("audience");
    if (!audience.isMissingNode() && !audience.isBoolean()) {
      throw new InvalidRequest("audience", "must be true or false");
    }
    Condition rule = DefinitionParser.parse(body.get("when"), "when");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Segment(
        name,
        description(body.path("description")),
        audience.asBoolean(false),
        body.get("when"),
        rule,
        ChronoUnit.MICROS.between(Instant.EPOCH, now),
        now);
  }

  private static @Nullable String description(JsonNode description) {
    if (description.isMissingNode() || description.isNull()) {
      return null;
    }
    if (!description.isString() || description.stringValue().length() > LONGEST_DESCRIPTION) {
      throw new InvalidRequest("description", "must be a text of at most 1000 characters");
    }
    return description.stringValue();
  }

  private static void refuseCircle(Segment segment, Map<String, Condition> rules) {
    var all = new HashMap<>(rules);
    all.put(segment.name(), segment.rule());
    for (String reference : Needs.of(List.of(segment.rule())).segments()) {
      if (!all.containsKey(reference)) {
        throw new InvalidRequest("when", "refers to a segment that doesn't exist");
      }
      if (reaches(reference, segment.name(), all, new HashSet<>())) {
        throw new InvalidRequest("when", "refers to itself by way of other segments");
      }
    }
  }

  private static boolean reaches(
      String from, String to, Map<String, Condition> rules, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    Condition rule = rules.get(from);
    return rule != null
        && seen.add(from)
        && Needs.of(List.of(rule)).segments().stream()
            .anyMatch(next -> reaches(next, to, rules, seen));
  }
}
