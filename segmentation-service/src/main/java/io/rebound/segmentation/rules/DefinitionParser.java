package io.rebound.segmentation.rules;

import io.rebound.problems.InvalidRequest;
import io.rebound.segmentation.rfm.Label;
import io.rebound.segmentation.rules.Condition.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a segment's condition as it is written in JSON. Whatever isn't a condition is refused with
 * the path of the field at fault; so are those nested or repeated beyond reason.
 */
public final class DefinitionParser {
  private static final int DEEPEST = 8;
  private static final int MOST_CONDITIONS = 100;
  private static final Set<String> KINDS = Set.of("all", "any", "not", "event", "rfm", "segment");
  private static final Set<String> LATER = Set.of("sequence", "propensity", "profile", "channel");

  private int conditions;

  private DefinitionParser() {}

  /**
   * @param path of the condition in the request, for instance {@code when}
   */
  public static Condition parse(@Nullable JsonNode when, String path) {
    if (when == null || when.isNull()) {
      throw new InvalidRequest(path, "must be given");
    }
    return new DefinitionParser().condition(new Field(path, when), 1);
  }

  private Condition condition(Field field, int depth) {
    if (depth > DEEPEST) {
      throw field.wrong("must not be nested deeper than " + DEEPEST);
    }
    if (++conditions > MOST_CONDITIONS) {
      throw field.wrong("is more than " + MOST_CONDITIONS + " conditions in one definition");
    }
    field.mustBeObject();
    for (String name : field.names()) {
      if (LATER.contains(name)) {
        throw field.at(name).wrong("is not supported yet");
      }
    }
    List<String> kinds = field.names().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      throw field.wrong("must have exactly one of all, any, not, event, rfm, segment");
    }
    String kind = kinds.getFirst();
    if (!kind.equals("event")) {
      field.mustOnlyHave(Set.of(kind));
    }
    return switch (kind) {
      case "all" -> new Condition.All(conditions(field.at(kind), depth));
      case "any" -> new Condition.Any(conditions(field.at(kind), depth));
      case "not" -> new Condition.Not(condition(field.at(kind), depth + 1));
      case "event" -> did(field);
      case "rfm" -> rfm(field.at(kind));
      default -> new Condition.InSegment(field.at(kind).text());
    };
  }

  private List<Condition> conditions(Field field, int depth) {
    List<Condition> parts = new ArrayList<>();
    field.elements().forEach(element -> parts.add(condition(element, depth + 1)));
    return List.copyOf(parts);
  }

  private static Condition did(Field field) {
    field.mustOnlyHave(Set.of("event", "within", "count", "sum", "where"));
    Map<String, Condition.PropertyTest> where = new LinkedHashMap<>();
    if (field.has("where")) {
      Field tests = field.at("where").mustBeObject();
      tests.names().forEach(name -> where.put(name, PropertyTestParser.parse(tests.at(name))));
    }
    return new Condition.Did(
        field.at("event").text(),
        field.has("within") ? field.at("within").duration() : null,
        field.has("count") ? range(field.at("count"), Set.of("gte", "lte")) : null,
        field.has("sum") ? sum(field.at("sum")) : null,
        where);
  }

  private static Condition.Sum sum(Field field) {
    field.mustBeObject();
    return new Condition.Sum(field.at("of").text(), range(field, Set.of("of", "gte", "lte")));
  }

  static Range range(Field field, Set<String> allowed) {
    field.mustBeObject().mustOnlyHave(allowed);
    BigDecimal gte = field.has("gte") ? field.at("gte").number() : null;
    BigDecimal lte = field.has("lte") ? field.at("lte").number() : null;
    if (gte == null && lte == null) {
      throw field.wrong("must have gte or lte");
    }
    if (gte != null && lte != null && gte.compareTo(lte) > 0) {
      throw field.wrong("must have a gte that is not greater than its lte");
    }
    return new Range(gte, lte);
  }

  private static Condition rfm(Field field) {
    field.mustBeObject().mustOnlyHave(Set.of("r", "f", "m", "label"));
    if (field.names().isEmpty()) {
      throw field.wrong("must have at least one of r, f, m, label");
    }
    Set<String> labels = new LinkedHashSet<>();
    if (field.has("label")) {
      for (Field label : field.at("label").elements()) {
        if (Label.find(label.text()).isEmpty()) {
          throw label.wrong("must be one of the labels, for instance champions or at_risk");
        }
        labels.add(label.text());
      }
    }
    return new Condition.Rfm(scores(field, "r"), scores(field, "f"), scores(field, "m"), labels);
  }

  private static Set<Integer> scores(Field field, String measure) {
    Set<Integer> scores = new LinkedHashSet<>();
    if (field.has(measure)) {
      for (Field score : field.at(measure).elements()) {
        scores.add(score.from1To5());
      }
    }
    return scores;
  }
}
