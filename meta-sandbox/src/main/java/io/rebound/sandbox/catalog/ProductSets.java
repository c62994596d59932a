package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import io.rebound.sandbox.graph.Params;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Product sets: parts of the catalogue, worked out anew whenever somebody looks. */
@Component
class ProductSets implements GraphNodes {
  private static final int LONGEST_FILTER = 500 << 10;
  private static final String USUAL = "id,name";

  private final SetStore sets;
  private final ItemStore items;

  ProductSets(SetStore sets, ItemStore items) {
    this.sets = sets;
    this.items = items;
  }

  @Override
  public Area area() {
    return Area.CATALOGUE;
  }

  @Override
  public boolean has(String id) {
    return sets.find(id).isPresent();
  }

  @Override
  public Answer answer(GraphRequest request) {
    ObjectNode set =
        sets.find(request.object())
            .orElseThrow(() -> GraphError.unknownObject(request.method(), request.object()));
    return switch (request.action()) {
      case "GET" -> Answer.of(Fields.select(request.params(), shown(set), USUAL));
      case "GET products" ->
          Paging.page(
              request,
              members(set),
              item -> Fields.select(request.params(), item.product(), "id,name,retailer_id"));
      case "POST" -> {
        sets.put(changed(set, request.params()));
        yield Answer.success();
      }
      case "DELETE" -> {
        sets.delete(request.object());
        yield Answer.success();
      }
      default -> throw request.unsupported();
    };
  }

  Answer list(GraphRequest request) {
    return Paging.page(
        request, sets.all(), set -> Fields.select(request.params(), shown(set), USUAL));
  }

  Answer create(Params params) {
    if (params.text("name").isEmpty()) {
      throw GraphError.invalidParameter("The parameter name is required");
    }
    ObjectNode set = Answer.object().put("name", "").put("retailer_id", "").put("filter", "{}");
    return Answer.of(Answer.object().put("id", sets.put(changed(set, params))));
  }

  private ObjectNode changed(ObjectNode before, Params params) {
    ObjectNode set = before.deepCopy();
    params.text("name").ifPresent(name -> set.put("name", name));
    params.text("retailer_id").ifPresent(id -> set.put("retailer_id", id));
    if (params.text("filter").isPresent()) {
      JsonNode filter = params.json("filter");
      ProductFilter.of(filter);
      String text = filter.toString();
      if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_FILTER) {
        throw GraphError.invalidParameter("Param filter may have 500 KiB");
      }
      set.put("filter", text);
    }
    checkFilterIsNew(set);
    return set;
  }

  private void checkFilterIsNew(ObjectNode set) {
    boolean taken =
        sets.all().stream()
            .filter(other -> !other.path("id").equals(set.path("id")))
            .anyMatch(other -> other.path("filter").equals(set.path("filter")));
    if (taken) {
      throw GraphError.of(400, 10_803, "(#10803) A product set with this filter exists already");
    }
  }

  private ObjectNode shown(ObjectNode set) {
    return set.deepCopy().put("product_count", members(set).size());
  }

  private List<Item> members(ObjectNode set) {
    Predicate<Item> in = ProductFilter.of(SetStore.filter(set));
    return items.all().stream().filter(in).toList();
  }
}
