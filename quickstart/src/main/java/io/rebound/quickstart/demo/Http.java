package io.rebound.quickstart.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** The few HTTP calls a shop makes. Every answer but a 2xx is a {@link DemoFailed}. */
public final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public JsonNode get(String url, String key) throws DemoFailed {
    return send(request(url, key).GET().build());
  }

  public JsonNode post(String url, String key, Object body) throws DemoFailed {
    return send(request(url, key).POST(json(body)).build());
  }

  public JsonNode put(String url, String key, Object body) throws DemoFailed {
    return send(request(url, key).PUT(json(body)).build());
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    return body instanceof String text
        ? BodyPublishers.ofString(text)
        : BodyPublishers.ofByteArray(EventJson.MAPPER.writeValueAsBytes(body));
  }

  private static HttpRequest.Builder request(String url, String key) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  public String getText(String url, String key) throws DemoFailed {
    return new String(bytes(request(url, key).GET().build()), UTF_8);
  }

  private JsonNode send(HttpRequest request) throws DemoFailed {
    byte[] answer = bytes(request);
    return EventJson.MAPPER.readTree(answer.length == 0 ? new byte[] {'{', '}'} : answer);
  }

  private byte[] bytes(HttpRequest request) throws DemoFailed {
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new DemoFailed(
            "%s %s answered %d: %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    answer.statusCode(),
                    new String(answer.body(), UTF_8)));
      }
      return answer.body();
    } catch (ConnectException e) {
      throw new DemoFailed(
          "Nothing answers at %s. Is ./rebound up running?"
              .formatted(request.uri().getAuthority()));
    } catch (IOException e) {
      throw new DemoFailed(
          "%s doesn't answer: %s".formatted(request.uri().getAuthority(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailed("Interrupted");
    }
  }
}
