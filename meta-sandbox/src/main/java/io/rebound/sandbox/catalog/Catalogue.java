package io.rebound.sandbox.catalog;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue: batches of items in, products out. */
@Component
class Catalogue implements GraphNodes {
  private static final int MOST_REQUESTS = 5_000;

  private final String id;
  private final ItemStore items;
  private final ProductSets sets;
  private final Feeds feeds;

  Catalogue(SandboxProperties properties, ItemStore items, ProductSets sets, Feeds feeds) {
    this.id = properties.catalogue();
    this.items = items;
    this.sets = sets;
    this.feeds = feeds;
  }

  @Override
  public Area area() {
    return Area.CATALOGUE;
  }

  @Override
  public boolean has(String object) {
    return object.equals(id);
  }

  @Override
  public Answer answer(GraphRequest request) {
    return switch (request.action()) {
      case "GET" -> Answer.of(Fields.select(request.params(), shown(), "id,name"));
      case "POST items_batch" -> take(request);
      case "GET check_batch_request_status" -> status(request);
      case "GET products" ->
          Paging.page(
              request,
              items.all(),
              item -> Fields.select(request.params(), item.product(), "id,name,retailer_id"));
      case "GET product_sets" -> sets.list(request);
      case "POST product_sets" -> sets.create(request.params());
      case "GET product_feeds" -> feeds.list(request);
      case "POST product_feeds" -> feeds.create(request.params());
      default -> throw request.unsupported();
    };
  }

  private ObjectNode shown() {
    return Answer.object()
        .put("id", id)
        .put("name", "Sandbox catalogue")
        .put("vertical", "commerce")
        .put("product_count", items.count())
        .put("feed_count", feeds.count());
  }

  private Answer take(GraphRequest request) {
    String type = request.params().text("item_type").orElse("");
    if (!type.equals("PRODUCT_ITEM")) {
      throw GraphError.invalidParameter(
          type.isEmpty()
              ? "The parameter item_type is required"
              : "The sandbox has items of type PRODUCT_ITEM only");
    }
    JsonNode requests = request.params().json("requests");
    if (!requests.isArray() || requests.isEmpty()) {
      throw GraphError.invalidParameter("The parameter requests is required and must be an array");
    }
    if (requests.size() > MOST_REQUESTS) {
      throw GraphError.invalidParameter(
          "Param requests may have " + MOST_REQUESTS + " records, not " + requests.size());
    }
    return Answer.of(items.take(requests, request.params().flag("allow_upsert", true)));
  }

  private Answer status(GraphRequest request) {
    String handle =
        request
            .params()
            .text("handle")
            .orElseThrow(() -> GraphError.invalidParameter("The parameter handle is required"));
    ObjectNode report =
        items.report(handle).orElseThrow(() -> GraphError.invalidParameter("Invalid batch handle"));
    if (!request.params().flag("load_ids_of_invalid_requests", false)) {
      report.putArray("ids_of_invalid_requests");
    }
    ObjectNode answer = Answer.object();
    answer
        .putArray("data")
        .add(
            Fields.select(
                request.params(),
                report,
                "handle,status,errors,errors_total_count,warnings,warnings_total_count,"
                    + "ids_of_invalid_requests"));
    return Answer.of(answer);
  }
}
