package io.rebound.meta;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes items of a product catalogue in batches: {@code POST /{catalog}/items_batch}. */
public final class Catalog {
  /** More in one request are refused. */
  public static final int MAX_REQUESTS = 5_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final GraphClient graph;

  Catalog(GraphClient graph) {
    this.graph = graph;
  }

  /** What to do with an item. */
  public enum Method {
    CREATE,
    UPDATE,
    DELETE
  }

  /**
   * One change; only one of an item may stand in a batch, because Meta keeps no order in it.
   *
   * @param data Meta's fields, with {@code id} the item's id in the shop
   */
  public record ItemRequest(Method method, Map<String, Object> data) {}

  /** What Meta's first look found wrong with an item. */
  public record ItemProblem(String id, List<String> errors, List<String> warnings) {}

  /**
   * @param handle for {@link #status}; empty if Meta took none of the requests
   * @param problems of the items that have some
   */
  public record Accepted(Optional<String> handle, List<ItemProblem> problems) {}

  /**
   * How far Meta is with a batch.
   *
   * @param errors and {@code warnings} are counts: Meta's lists are only samples
   * @param invalidIds ids of the items refused
   */
  public record BatchStatus(String status, long errors, long warnings, List<String> invalidIds) {
    /** Anything but Meta's words for running is an end. */
    public boolean running() {
      return switch (status.toLowerCase(Locale.ROOT)) {
        case "started", "dispatched", "in_progress" -> true;
        default -> false;
      };
    }
  }

  /** Sends the changes; Meta works on them for some minutes. Repeating it is harmless. */
  public GraphOutcome<Accepted> itemsBatch(
      String catalog, List<ItemRequest> requests, boolean allowUpsert) {
    if (requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      throw new IllegalArgumentException("A batch holds 1 to " + MAX_REQUESTS + " items");
    }
    String body =
        JSON.writeValueAsString(
            Map.of("item_type", "PRODUCT_ITEM", "allow_upsert", allowUpsert, "requests", requests));
    String path = Ids.checked(catalog) + "/items_batch";
    return graph.call(GraphCall.post(Endpoint.ITEMS_BATCH, catalog, path, body), Catalog::accepted);
  }

  public GraphOutcome<BatchStatus> status(String catalog, String handle) {
    String path = Ids.checked(catalog) + "/check_batch_request_status";
    GraphCall call =
        GraphCall.get(Endpoint.ITEMS_BATCH_STATUS, catalog, path)
            .with("handle", handle)
            .with("load_ids_of_invalid_requests", "true");
    return graph.call(call, Catalog::batchStatus);
  }

  private static Accepted accepted(JsonNode answer) {
    List<ItemProblem> problems =
        answer
            .path("validation_status")
            .valueStream()
            .map(item ->
                new ItemProblem(
                    item.path("retailer_id").asString(""),
                    messages(item.path("errors")),
                    messages(item.path("warnings"))))
            .toList();
    return new Accepted(
        answer.required("handles").valueStream().findFirst().map(JsonNode::asString), problems);
  }

  private static BatchStatus batchStatus(JsonNode answer) {
    JsonNode batch = answer.required("data").required(0);
    return new BatchStatus(
        batch.required("status").asString(),
        batch.path("errors_total_count").asLong(0),
        batch.path("warnings_total_count").asLong(0),
        batch.path("ids_of_invalid_requests").valueStream().map(JsonNode::asString).toList());
  }

  private static List<String> messages(JsonNode list) {
    return list.valueStream().map(one -> one.path("message").asString("")).toList();
  }
}
