package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphRequest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An upload session as it is read. */
final class ShownUpload {
  private static final int MOST_SAMPLES = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ").withZone(ZoneOffset.UTC);

  private ShownUpload() {}

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** The fields asked for; there is no end time before the end. */
  static ObjectNode select(GraphRequest request, ObjectNode upload, String usual) {
    ObjectNode shown = Fields.select(request.params(), whole(request, upload), usual);
    if (shown.path("end_time").isNull()) {
      shown.remove("end_time");
    }
    return shown;
  }

  private static ObjectNode whole(GraphRequest request, ObjectNode upload) {
    ObjectNode shown = Answer.object();
    for (String name : List.of("id", "url", "input_method")) {
      shown.put(name, upload.path(name).asString(""));
    }
    long ended = upload.path("ended").asLong(0);
    shown
        .put("filename", filename(upload.path("url").asString("")))
        .put("start_time", time(upload.path("started").asLong(0)))
        .put("end_time", ended == 0 ? null : time(ended));
    for (String name :
        List.of(
            "num_detected_items",
            "num_persisted_items",
            "num_invalid_items",
            "num_deleted_items",
            "error_count",
            "warning_count")) {
      shown.put(name, upload.path(name).asInt(0));
    }
    ObjectNode report = shown.putObject("error_report");
    if (upload.path("reported").asBoolean(false)) {
      String file = "/_sandbox/feeds/uploads/" + upload.path("id").asString("") + "/error_report";
      report.put("report_status", "WRITE_FINISHED").put("file_handle", request.root() + file);
    } else {
      report.put("report_status", "NOT_REQUESTED");
    }
    return shown;
  }

  private static String filename(String url) {
    String path = String.valueOf(URI.create(url).getPath());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The problems grouped by type: true totals, some samples. */
  static List<ObjectNode> errors(ObjectNode upload) {
    Map<String, ObjectNode> byType = new LinkedHashMap<>();
    for (JsonNode problem : upload.path("problems")) {
      String type = problem.path("type").asString("");
      ObjectNode error = byType.computeIfAbsent(type, _ -> error(upload, problem, byType.size()));
      JsonNode samples = error.path("samples").path("data");
      if (problem.path("row").asLong(0) > 0 && samples.size() < MOST_SAMPLES) {
        error
            .withObject("/samples")
            .withArray("data")
            .addObject()
            .put("row_number", problem.path("row").asLong())
            .put("retailer_id", problem.path("retailer_id").asString(""));
      }
    }
    return List.copyOf(byType.values());
  }

  private static ObjectNode error(ObjectNode upload, JsonNode problem, int number) {
    String type = problem.path("type").asString("");
    String message = problem.path("message").asString("");
    ObjectNode error =
        Answer.object()
            .put("id", upload.path("id").asString("") + "%02d".formatted(number))
            .put("summary", message)
            .put("description", message)
            .put("severity", problem.path("severity").asString(""))
            .put("error_type", type)
            .put("total_count", upload.path("totals").path(type).asInt(0));
    error.putArray("affected_surfaces").add("Dynamic Ads");
    error.putObject("samples").putArray("data");
    return error;
  }
}
