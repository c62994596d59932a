package io.rebound.sandbox.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a list into pages by opaque cursors, as Graph edges do. */
public final class Paging {
  private static final int USUAL = 25;
  private static final int MOST = 1000;

  private Paging() {}

  /** The page of the list the request asks for; the next one is linked if there is one. */
  public static <T> Answer page(
      GraphRequest request, List<T> list, Function<T, ? extends JsonNode> shown) {
    int limit = request.params().limit(USUAL, MOST);
    int from = request.params().text("after").map(Paging::position).orElse(0);
    int to = Math.min(list.size(), from + limit);
    ObjectNode answer = Answer.object();
    ArrayNode data = answer.putArray("data");
    for (T one : list.subList(Math.min(from, to), to)) {
      data.add(shown.apply(one));
    }
    if (!data.isEmpty()) {
      ObjectNode paging = answer.putObject("paging");
      paging.putObject("cursors").put("before", cursor(from)).put("after", cursor(to));
      if (to < list.size()) {
        paging.put("next", next(request, cursor(to)));
      }
    }
    return Answer.of(answer);
  }

  // the proof isn't in the link: the caller adds it again
  private static String next(GraphRequest request, String cursor) {
    var link = new StringBuilder(request.address()).append('?');
    for (Map.Entry<String, JsonNode> entry : request.params().all().entrySet()) {
      if (!entry.getKey().equals("after") && !entry.getKey().startsWith("appsecret_")) {
        link.append(encoded(entry.getKey()))
            .append('=')
            .append(encoded(entry.getValue().asString("")))
            .append('&');
      }
    }
    return link.append("after=").append(encoded(cursor)).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String cursor(int position) {
    byte[] text = ("at:" + position).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static int position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return Math.max(0, Integer.parseInt(text.substring("at:".length())));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw GraphError.invalidParameter("Invalid cursors values");
    }
  }
}
