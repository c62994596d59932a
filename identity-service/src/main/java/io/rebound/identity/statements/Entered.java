package io.rebound.identity.statements;

import io.rebound.events.ConsentProof;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.problems.InvalidRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A statement as it is entered.
 *
 * @param value of the identifier, raw or hashed: personal data that lives as long as the call
 * @param at when it was made, not after it was entered
 * @param source where it was made
 */
record Entered(
    IdentifierType type,
    String value,
    Map<Purpose, Boolean> consents,
    String source,
    Instant at,
    @Nullable ConsentProof proof) {
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);
  private static final String USUAL_SOURCE = "consents";
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int LONGEST_VALUE = 320;
  private static final String TYPES =
      Arrays.stream(IdentifierType.values())
          .map(IdentifierType::wireName)
          .collect(Collectors.joining(", "));
  private static final String PURPOSES =
      Arrays.stream(Purpose.values()).map(Purpose::wireName).collect(Collectors.joining(", "));

  /**
   * Reads a request's body.
   *
   * @param recordedBy the key by which it is entered
   * @throws InvalidRequest naming the field that can't be
   */
  static Entered read(JsonNode body, String recordedBy, Instant now) {
    JsonNode identifier = object(body, "identifier", "identifier");
    JsonNode proof = body.path("proof");
    if (!proof.isMissingNode() && !proof.isNull() && !proof.isObject()) {
      throw new InvalidRequest("proof", "must be an object with method and reference");
    }
    return new Entered(
        type(identifier.path("type")),
        value(identifier.path("value")),
        consents(object(body, "consents", "consents")),
        source(body.path("source")),
        at(body.path("at"), now),
        ConsentProof.of(
            part(body.path("text_version"), "text_version"),
            part(proof.path("method"), "proof.method"),
            part(proof.path("reference"), "proof.reference"),
            ConsentProof.isPart(recordedBy) ? recordedBy : null));
  }

  private static JsonNode object(JsonNode body, String name, String field) {
    JsonNode object = body.path(name);
    if (!object.isObject()) {
      throw new InvalidRequest(field, "must be an object");
    }
    return object;
  }

  private static IdentifierType type(JsonNode name) {
    return Arrays.stream(IdentifierType.values())
        .filter(type -> name.isString() && type.wireName().equals(name.stringValue()))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("identifier.type", "must be one of " + TYPES));
  }

  private static String value(JsonNode value) {
    if (!value.isString()
        || value.stringValue().isBlank()
        || value.stringValue().length() > LONGEST_VALUE) {
      throw new InvalidRequest(
          "identifier.value", "must be a text of at most " + LONGEST_VALUE + " characters");
    }
    return value.stringValue();
  }

  private static Map<Purpose, Boolean> consents(JsonNode given) {
    var consents = new EnumMap<Purpose, Boolean>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      JsonNode value = given.path(purpose.wireName());
      if (value.isBoolean()) {
        consents.put(purpose, value.booleanValue());
      } else if (!value.isMissingNode()) {
        throw new InvalidRequest("consents." + purpose.wireName(), "must be true or false");
      }
    }
    if (consents.isEmpty() || consents.size() != given.size()) {
      throw new InvalidRequest("consents", "must hold at least one of, and only, " + PURPOSES);
    }
    return consents;
  }

  private static String source(JsonNode source) {
    if (source.isMissingNode() || source.isNull()) {
      return USUAL_SOURCE;
    }
    if (!source.isString() || !SOURCE.matcher(source.stringValue()).matches()) {
      throw new InvalidRequest(
          "source", "must have 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    return source.stringValue();
  }

  private static Instant at(JsonNode at, Instant now) {
    if (at.isMissingNode() || at.isNull()) {
      return now.truncatedTo(ChronoUnit.MICROS);
    }
    Instant given;
    try {
      given = OffsetDateTime.parse(at.asString("")).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidRequest("at", "must be a time such as 2026-03-01T10:15:30Z");
    }
    if (given.isBefore(Instant.EPOCH) || given.isAfter(now.plus(CLOCKS_DIFFER_BY))) {
      throw new InvalidRequest("at", "must not be in the future");
    }
    return (given.isAfter(now) ? now : given).truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable String part(JsonNode part, String field) {
    if (part.isMissingNode() || part.isNull()) {
      return null;
    }
    if (!part.isString() || !ConsentProof.isPart(part.stringValue())) {
      throw new InvalidRequest(field, ConsentProof.RULE);
    }
    return part.stringValue();
  }

  /** Never shows the value. */
  @Override
  public String toString() {
    return "Entered[" + type + ", " + consents.keySet() + "]";
  }
}
