package io.rebound.ingest.sources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rebound.problems.InvalidRequest;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Definitions as JSON. A request may hold nothing that isn't known: a field with a slip in its name
 * would leave a source open that was meant to be closed. What is stored is read leniently, because
 * the next version may have written it.
 */
final class SourceJson {
  private static final JsonMapper STORED =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final JsonMapper ASKED =
      STORED
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What the API shows beside a definition; whoever sends back what was read may leave it in. */
  private static final List<String> SHOWN_ONLY =
      List.of(
          "configured",
          "enabled",
          "revision",
          "created_at",
          "created_by",
          "changed_at",
          "changed_by");

  private SourceJson() {}

  /** The definition in a request, or an {@link InvalidRequest} that names the field. */
  static SourceDefinition asked(byte[] body) {
    ObjectNode definition = object(body);
    definition.remove(SHOWN_ONLY);
    return read(definition, SourceDefinition.class);
  }

  /** As {@link #asked(byte[])}, for the source of that id, which the body may leave out. */
  static SourceDefinition asked(byte[] body, String id) {
    ObjectNode definition = object(body);
    definition.remove(SHOWN_ONLY);
    if (!definition.path("id").asString(id).equals(id)) {
      throw new InvalidRequest("id", "must be the one in the path, or left out");
    }
    return read(definition.put("id", id), SourceDefinition.class);
  }

  /** A request's object as that record. */
  static <T> T asked(byte[] body, Class<T> type) {
    return read(object(body), type);
  }

  static String write(SourceDefinition definition) {
    return STORED.writeValueAsString(definition);
  }

  /** Throws {@link JacksonException} for a definition that this version can't read. */
  static SourceDefinition stored(String json) {
    return STORED.readValue(json, SourceDefinition.class);
  }

  private static ObjectNode object(byte[] body) {
    try {
      JsonNode json = ASKED.readTree(body);
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidRequest("body", "must be a JSON object");
    } catch (StreamReadException malformed) {
      throw new InvalidRequest("body", "must be well-formed JSON");
    }
  }

  private static <T> T read(ObjectNode json, Class<T> type) {
    try {
      return ASKED.treeToValue(json, type);
    } catch (UnrecognizedPropertyException unknown) {
      throw new InvalidRequest(path(unknown), "is not known here");
    } catch (JacksonException wrong) {
      throw new InvalidRequest(path(wrong), "has the wrong type or isn't one of the known words");
    }
  }

  private static String path(JacksonException wrong) {
    String path =
        wrong.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getPropertyName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
  }
}
