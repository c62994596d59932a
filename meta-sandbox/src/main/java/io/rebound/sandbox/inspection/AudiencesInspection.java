package io.rebound.sandbox.inspection;

import io.rebound.sandbox.audiences.AudienceStore;
import io.rebound.sandbox.audiences.Terms;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who is in which audience, and what befalls audiences. */
@RestController
class AudiencesInspection {
  private final AudienceStore audiences;
  private final Terms terms;

  AudiencesInspection(AudienceStore audiences, Terms terms) {
    this.audiences = audiences;
    this.terms = terms;
  }

  @GetMapping("/_sandbox/audiences")
  ObjectNode audiences() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    for (AudienceStore.Size audience : audiences.sizes()) {
      data.addObject()
          .put("id", audience.id())
          .put("name", audience.name())
          .put("size", audience.size());
    }
    return answer;
  }

  /** What befell the audience without its owner's doing. */
  @GetMapping("/_sandbox/audiences/{id}")
  ResponseEntity<ObjectNode> condition(@PathVariable String id) {
    return ResponseEntity.of(audiences.condition(id));
  }

  /**
   * Flags an audience, takes it from the ad account, or gives it an operation status; what isn't
   * given is good: {@code {"fields_violating_integrity_policy": ["name"], "operation_status": 470,
   * "shared": false, "deleted": false}}.
   */
  @PutMapping("/_sandbox/audiences/{id}")
  ResponseEntity<ObjectNode> condition(@PathVariable String id, @RequestBody JsonNode condition) {
    audiences.condition(id, condition);
    return condition(id);
  }

  @GetMapping("/_sandbox/terms")
  ObjectNode terms() {
    return JsonNodeFactory.instance.objectNode().put("custom_audience_tos", terms.accepted());
  }

  /** Accepts the Custom Audience terms, or takes it back. */
  @PutMapping("/_sandbox/terms")
  ObjectNode terms(@RequestBody JsonNode body) {
    if (!body.path("custom_audience_tos").isBoolean()) {
      throw new IllegalArgumentException("custom_audience_tos is true or false");
    }
    terms.accept(body.path("custom_audience_tos").asBoolean());
    return terms();
  }

  /** Members by their keys, in the order of the keys, whatever order they came in. */
  @GetMapping("/_sandbox/audiences/{id}/members")
  ResponseEntity<ObjectNode> members(
      @PathVariable String id,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String after) {
    int most = Pages.limit(limit);
    // one more than shown tells whether there is a next page
    Optional<List<List<String>>> found = audiences.members(id, after, most + 1);
    if (found.isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    List<List<String>> rows = found.get();
    List<List<String>> page = rows.subList(0, Math.min(most, rows.size()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    page.forEach(row -> fill(data.addObject(), row));
    if (rows.size() > most) {
      answer.put("next", page.getLast().getFirst());
    }
    return ResponseEntity.ok(answer);
  }

  // {"EMAIL": ["…"], "PHONE": ["…", "…"]}
  private static void fill(ObjectNode member, List<String> keys) {
    for (String key : keys) {
      int colon = key.indexOf(':');
      member.withArray(key.substring(0, colon)).add(key.substring(colon + 1));
    }
  }
}
