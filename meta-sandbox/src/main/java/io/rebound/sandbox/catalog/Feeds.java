package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import io.rebound.sandbox.graph.Params;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Product feeds: files that the sandbox fetches, on a schedule or when told to. */
@Component
class Feeds implements GraphNodes {
  private static final List<String> TEXTS =
      List.of("name", "default_currency", "country", "delimiter", "encoding", "file_name");

  private final FeedStore feeds;
  private final FeedFetches fetches;
  private final ItemStore items;

  Feeds(FeedStore feeds, FeedFetches fetches, ItemStore items) {
    this.feeds = feeds;
    this.fetches = fetches;
    this.items = items;
  }

  @Override
  public Area area() {
    return Area.CATALOGUE;
  }

  @Override
  public boolean has(String id) {
    return feeds.feed(id).isPresent();
  }

  int count() {
    return feeds.feeds().size();
  }

  @Override
  public Answer answer(GraphRequest request) {
    String id = request.object();
    ObjectNode feed =
        feeds.feed(id).orElseThrow(() -> GraphError.unknownObject(request.method(), id));
    return switch (request.action()) {
      case "GET" -> Answer.of(Fields.select(request.params(), shown(feed), "id,name"));
      case "POST" -> {
        feeds.put(changed(feed, request.params()));
        yield Answer.success();
      }
      case "DELETE" -> {
        feeds.delete(id);
        yield Answer.success();
      }
      case "POST uploads" -> upload(id, request.params());
      case "GET uploads" ->
          Paging.page(
              request,
              feeds.uploadsOf(id),
              one -> ShownUpload.select(request, one, "id,start_time,end_time"));
      case "GET products" ->
          Paging.page(
              request,
              itemsOf(id),
              item -> Fields.select(request.params(), item.product(), "id,name,retailer_id"));
      default -> throw request.unsupported();
    };
  }

  Answer list(GraphRequest request) {
    return Paging.page(
        request, feeds.feeds(), feed -> Fields.select(request.params(), shown(feed), "id,name"));
  }

  Answer create(Params params) {
    if (params.text("name").isEmpty()) {
      throw GraphError.invalidParameter("The parameter name is required");
    }
    ObjectNode feed =
        Answer.object()
            .put("deletion_enabled", true)
            .put("default_currency", "USD")
            .put("country", "US")
            .put("delimiter", "AUTODETECT")
            .put("encoding", "AUTODETECT");
    return Answer.of(Answer.object().put("id", feeds.put(changed(feed, params))));
  }

  private static ObjectNode changed(ObjectNode feed, Params params) {
    for (String name : TEXTS) {
      params.text(name).ifPresent(value -> feed.put(name, value));
    }
    for (String name : FeedTimes.SCHEDULES) {
      if (params.text(name).isPresent()) {
        JsonNode schedule = params.json(name);
        FeedSchedule.of(schedule);
        feed.set(name, schedule);
      }
    }
    if (params.text("deletion_enabled").isPresent()) {
      boolean wanted = params.flag("deletion_enabled", true);
      if (feed.has("id") && feed.path("deletion_enabled").asBoolean(true) && !wanted) {
        throw GraphError.invalidParameter("Param deletion_enabled can't be switched off again");
      }
      feed.put("deletion_enabled", wanted);
    }
    return feed;
  }

  private Answer upload(String feed, Params params) {
    String url =
        params
            .text("url")
            .orElseThrow(() ->
                GraphError.invalidParameter("The sandbox takes uploads by url, not as files"));
    FeedSchedule.checkUrl(url);
    ObjectNode upload =
        Answer.object()
            .put("feed", feed)
            .put("url", url)
            .put("username", params.text("username").orElse(""))
            .put("password", params.text("password").orElse(""))
            .put("input_method", "User initiated server fetch")
            .put("update_only", params.flag("update_only", false));
    String id = feeds.begin(upload);
    fetches.wake();
    return Answer.of(Answer.object().put("id", id));
  }

  private ObjectNode shown(ObjectNode feed) {
    String id = feed.path("id").asString("");
    ObjectNode shown = feed.deepCopy().put("product_count", itemsOf(id).size());
    for (String name : FeedTimes.SCHEDULES) {
      if (shown.path(name) instanceof ObjectNode schedule) {
        schedule.remove("password");
        schedule.put("next_scheduled_upload_time", ShownUpload.time(FeedTimes.next(feed, name)));
      } else {
        shown.putNull(name);
      }
    }
    feeds.uploadsOf(id).stream()
        .findFirst()
        .ifPresentOrElse(
            upload -> shown.putObject("latest_upload").put("id", upload.path("id").asString("")),
            () -> shown.putNull("latest_upload"));
    return shown;
  }

  private List<Item> itemsOf(String feed) {
    return items.all().stream().filter(item -> item.feed().equals(feed)).toList();
  }
}
