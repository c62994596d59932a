package io.rebound.sandbox.graph;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a call shows to be let in; whose call it is can be told from it before it is answered. */
public final class Credential {
  /** As Graph calls, the gateway and {@code /oauth} have them, the most telling first. */
  private static final List<String> NAMES =
      List.of("access_token", "accessKey", "fb_exchange_token", "revoke_token", "client_secret");

  private Credential() {}

  /** Those in the headers and the query, which cost nothing to read. */
  public static List<String> outside(HttpServletRequest request) {
    Optional<String> bearer = TokenCheck.bearer(request.getHeader("Authorization"));
    return bearer.map(List::of).orElseGet(() -> inQuery(request.getQueryString()));
  }

  /**
   * Those of a Graph call, the body's too if there are no others: then it is read, and kept for the
   * answer. One that can't be read has none; what is wrong with it the answer tells.
   */
  public static List<String> ofGraphCall(HttpServletRequest request) throws IOException {
    boolean throughGateway = request.getRequestURI().startsWith("/" + Gateway.PREFIX + "/");
    List<String> outside = throughGateway ? List.of() : outside(request);
    return outside.isEmpty() ? inBody(request) : outside;
  }

  private static List<String> inBody(HttpServletRequest request) throws IOException {
    try {
      Params params = RequestReader.read(request);
      List<String> found = in(params);
      return found.isEmpty() ? inBatch(params.json("batch")) : found;
    } catch (GraphError | IllegalStateException refusal) { // the latter: a part is too large
      return List.of();
    }
  }

  // a batch needn't show one if all its calls do
  private static List<String> inBatch(JsonNode calls) {
    var found = new ArrayList<String>();
    for (JsonNode call : calls) {
      String token = call.path("access_token").asString("");
      String url = call.path("relative_url").asString("");
      found.addAll(token.isEmpty() ? inQuery(url.substring(url.indexOf('?') + 1)) : List.of(token));
    }
    return found;
  }

  private static List<String> inQuery(@Nullable String query) {
    var params = new Params();
    RequestReader.form(params, query);
    return in(params);
  }

  private static List<String> in(Params params) {
    return NAMES.stream().flatMap(name -> params.text(name).stream()).toList();
  }
}
