package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Upload sessions by their ids: what became of a fetch, and what was wrong with its file. */
@Component
public class FeedUploads implements GraphNodes {
  private static final String ERROR =
      "id,summary,description,severity,error_type,affected_surfaces,total_count,samples";

  private final FeedStore feeds;

  FeedUploads(FeedStore feeds) {
    this.feeds = feeds;
  }

  @Override
  public Area area() {
    return Area.CATALOGUE;
  }

  @Override
  public boolean has(String id) {
    return feeds.upload(id).isPresent();
  }

  @Override
  public Answer answer(GraphRequest request) {
    ObjectNode upload =
        feeds
            .upload(request.object())
            .orElseThrow(() -> GraphError.unknownObject(request.method(), request.object()));
    return switch (request.action()) {
      case "GET" -> Answer.of(ShownUpload.select(request, upload, "id,start_time,end_time"));
      case "GET errors" ->
          Paging.page(
              request,
              withPriority(request, ShownUpload.errors(upload)),
              error -> Fields.select(request.params(), error, ERROR));
      case "POST error_report" -> {
        if (upload.path("ended").asLong(0) == 0) {
          throw GraphError.invalidParameter("The upload session is still running");
        }
        feeds.reported(upload);
        yield Answer.success();
      }
      default -> throw request.unsupported();
    };
  }

  private static List<ObjectNode> withPriority(GraphRequest request, List<ObjectNode> errors) {
    Optional<String> priority = request.params().text("error_priority");
    if (priority.isEmpty()) {
      return errors;
    }
    String severity = priority.get().equals("HIGH") ? "fatal" : "warning";
    return priority.get().equals("LOW")
        ? List.of()
        : errors.stream()
            .filter(error -> error.path("severity").asString("").equals(severity))
            .toList();
  }

  /** The report asked for by {@code error_report}, as CSV; at most the first thousand problems. */
  public Optional<String> report(String id) {
    return feeds
        .upload(id)
        .filter(upload -> upload.path("reported").asBoolean(false))
        .map(upload ->
            Stream.concat(
                    Stream.of("retailer_id,message,severity,fields,affected,blocks_capability"),
                    upload.path("problems").valueStream().map(FeedUploads::line))
                .collect(Collectors.joining("\r\n", "", "\r\n")));
  }

  private static String line(JsonNode problem) {
    boolean fatal = problem.path("severity").asString("").equals("fatal");
    return Stream.of(
            problem.path("retailer_id").asString(""),
            problem.path("message").asString(""),
            fatal ? "FATAL" : "WARNING",
            problem.path("field").asString(""),
            "da",
            String.valueOf(fatal))
        .map(value -> '"' + value.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }
}
