package io.rebound.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a sandbox over HTTP, with the demo token unless told otherwise. */
public record Caller(URI base, @Nullable String token, Duration patience) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  public Caller(URI base) {
    this(base, "demo-meta-token", Duration.ofSeconds(20));
  }

  /** What came back. */
  public record Reply(int status, String text, HttpResponse<String> response) {
    public JsonNode json() {
      return JSON.readTree(text);
    }

    public JsonNode error() {
      return json().path("error");
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public Caller withToken(@Nullable String other) {
    return new Caller(base, other, patience);
  }

  /** Gives up waiting for an answer after so long. */
  public Caller withPatience(Duration other) {
    return new Caller(base, token, other);
  }

  public Reply get(String path) {
    return send("GET", path, null, "application/json");
  }

  public Reply post(String path, String json) {
    return send("POST", path, json, "application/json");
  }

  public Reply put(String path, String json) {
    return send("PUT", path, json, "application/json");
  }

  public Reply delete(String path, @Nullable String json) {
    return send("DELETE", path, json, "application/json");
  }

  public Reply form(String path, String form) {
    return send("POST", path, form, "application/x-www-form-urlencoded");
  }

  public Reply send(String method, String path, @Nullable String body, String type) {
    try {
      return sendOrFail(method, path, body, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Like {@link #send}, for calls that get no answer. */
  public Reply sendOrFail(String method, String path, @Nullable String body, String type)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience)
            .header("Content-Type", type)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
