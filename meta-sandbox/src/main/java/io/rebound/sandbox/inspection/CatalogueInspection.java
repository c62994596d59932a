package io.rebound.sandbox.inspection;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.catalog.ItemStore;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the catalogue holds. */
@RestController
class CatalogueInspection {
  private final String catalogue;
  private final ItemStore items;

  CatalogueInspection(SandboxProperties properties, ItemStore items) {
    this.catalogue = properties.catalogue();
    this.items = items;
  }

  @GetMapping("/_sandbox/catalogs")
  ObjectNode catalogues() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("data").addObject().put("id", catalogue).put("items", items.count());
    return answer;
  }

  /** Items by the names they were written with, in the order of their ids. */
  @GetMapping("/_sandbox/catalogs/{id}/items")
  ResponseEntity<ObjectNode> items(
      @PathVariable String id,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String after) {
    if (!id.equals(catalogue)) {
      return ResponseEntity.notFound().build();
    }
    int most = Pages.limit(limit);
    // one more than shown tells whether there is a next page
    List<ObjectNode> found = items.after(after, most + 1);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    found.stream().limit(most).forEach(data::add);
    if (found.size() > most) {
      answer.put("next", found.get(most - 1).path("id").asString(""));
    }
    return ResponseEntity.ok(answer);
  }
}
