package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One Graph call.
 *
 * @param endpoint for circuits and metrics
 * @param account whose limits it uses: a dataset, an ad account, a catalogue, a WhatsApp number
 * @param path below the version, for instance {@code 1000000001/events}; ids only, no query
 * @param body JSON, or null for none
 * @param token the name of the token to use
 * @param subject what in the account the call is about, for instance an audience; empty if it is
 *     the account itself
 */
public record GraphCall(
    Endpoint endpoint,
    String account,
    String method,
    String path,
    Map<String, String> query,
    @Nullable String body,
    String token,
    String subject) {

  public GraphCall {
    query = Map.copyOf(query);
  }

  public static GraphCall get(Endpoint endpoint, String account, String path) {
    return new GraphCall(endpoint, account, "GET", path, Map.of(), null, Tokens.DEFAULT, "");
  }

  public static GraphCall post(Endpoint endpoint, String account, String path, String json) {
    return new GraphCall(endpoint, account, "POST", path, Map.of(), json, Tokens.DEFAULT, "");
  }

  public static GraphCall delete(Endpoint endpoint, String account, String path, String json) {
    return new GraphCall(endpoint, account, "DELETE", path, Map.of(), json, Tokens.DEFAULT, "");
  }

  public GraphCall with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(parameter, value);
    return new GraphCall(endpoint, account, method, path, more, body, token, subject);
  }

  public GraphCall as(String tokenName) {
    return new GraphCall(endpoint, account, method, path, query, body, tokenName, subject);
  }

  boolean writes() {
    return !method.equals("GET");
  }

  GraphCall about(String what) {
    return new GraphCall(endpoint, account, method, path, query, body, token, what);
  }

  String queryString() {
    return query.entrySet().stream()
        .map(parameter ->
            URLEncoder.encode(parameter.getKey(), UTF_8)
                + "="
                + URLEncoder.encode(parameter.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Without query and body, which may hold personal data. */
  @Override
  public String toString() {
    return method + " " + endpoint.label() + " of " + account;
  }
}
