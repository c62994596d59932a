package io.rebound.ingest.intake;

import io.rebound.events.ConsentProof;
import io.rebound.events.Purpose;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a {@code consent} object. What is there and can't be read refuses the event: taken for
 * nothing said, a no that somebody wrote wrongly would become what the source assumes.
 */
public final class StatedConsent {
  private StatedConsent() {}

  /** The purposes of {@code {"ads": true, "profiling": false, "messaging": true}}. */
  public static Map<Purpose, Boolean> purposes(Fields consent) {
    var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      JsonNode value = consent.json().path(purpose.wireName());
      if (value.isBoolean()) {
        stated.put(purpose, value.booleanValue());
      } else if (!value.isMissingNode()) {
        throw new InvalidEvent("consent." + purpose.wireName(), "must be true or false");
      }
    }
    return stated;
  }

  /**
   * Its proof: {@code text_version}, and {@code method} and {@code reference} in {@code proof}.
   *
   * @param path of the object, for the refusal
   */
  public static @Nullable ConsentProof proof(Fields consent, String path) {
    Fields proof = consent.requiredObject("proof", path + ".proof");
    return ConsentProof.of(
        part(consent, "text_version", "textVersion", path),
        part(proof, "method", "method", path + ".proof"),
        part(proof, "reference", "reference", path + ".proof"),
        null);
  }

  private static @Nullable String part(Fields object, String name, String other, String path) {
    String used = object.has(name) ? name : other;
    if (!object.has(used)) {
      return null;
    }
    String part = Text.of(object.json().path(used));
    if (part == null || !ConsentProof.isPart(part)) {
      throw new InvalidEvent(path + "." + used, ConsentProof.RULE);
    }
    return part;
  }
}
