package io.rebound.sandbox.inspection;

import io.rebound.sandbox.audiences.AudienceStore;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who is in which audience. */
@RestController
class AudiencesInspection {
  private final AudienceStore audiences;

  AudiencesInspection(AudienceStore audiences) {
    this.audiences = audiences;
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
