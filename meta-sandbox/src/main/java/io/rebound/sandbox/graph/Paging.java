package io.rebound.sandbox.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts a list into pages by opaque cursors, as Graph edges do. In the lifelike profile the second
 * page is short and the third is empty, with more to come: only a missing {@code next} is the end
 * (Graph API, paginated results).
 */
public final class Paging {
  private static final int USUAL = 25;
  private static final int MOST = 1000;
  private static final int DEEPEST = 100_000; // Meta tells that there is a limit, not which
  private static final int SHORT_PAGE = 1;
  private static final int EMPTY_PAGE = 2;

  private Paging() {}

  /** The page of the list the request asks for; the next one is linked if there is one. */
  public static <T> Answer page(
      GraphRequest request, List<T> list, Function<T, ? extends JsonNode> shown) {
    Cursor start = request.params().text("after").map(Cursor::of).orElse(Cursor.START);
    if (start.position() > DEEPEST) {
      throw GraphError.invalidParameter(
          "After Cursor specified exceeds the max limit supported by this endpoint");
    }
    int from = Math.min(start.position(), list.size());
    int to = Math.min(list.size(), from + size(request, start));
    ObjectNode answer = Answer.object();
    ArrayNode data = answer.putArray("data");
    for (T one : list.subList(from, to)) {
      data.add(shown.apply(one));
    }
    boolean more = to < list.size();
    if (more || !data.isEmpty()) {
      Cursor end = new Cursor(to, start.page() + 1);
      ObjectNode paging = answer.putObject("paging");
      paging.putObject("cursors").put("before", start.text()).put("after", end.text());
      if (more) {
        paging.put("next", next(request, end.text()));
      }
    }
    return Answer.of(answer);
  }

  private static int size(GraphRequest request, Cursor start) {
    int limit = request.params().limit(USUAL, MOST);
    if (!request.lifelike()) {
      return limit;
    }
    return switch (start.page()) {
      case SHORT_PAGE -> (limit + 1) / 2;
      case EMPTY_PAGE -> 0;
      default -> limit;
    };
  }

  // the proof isn't in the link: the caller adds it again
  private static String next(GraphRequest request, String cursor) {
    var link = new StringBuilder(request.address()).append('?');
    for (Map.Entry<String, JsonNode> entry : request.params().all().entrySet()) {
      if (!entry.getKey().equals("after") && !entry.getKey().startsWith("appsecret_")) {
        link.append(encoded(entry.getKey()))
            .append('=')
            .append(encoded(request.params().text(entry.getKey()).orElse("")))
            .append('&');
      }
    }
    return link.append("after=").append(encoded(cursor)).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
