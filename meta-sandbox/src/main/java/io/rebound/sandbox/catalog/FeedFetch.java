package io.rebound.sandbox.catalog;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Gets a feed's file over HTTP, within a time and a size. */
@Component
class FeedFetch {
  private final FeedsProperties properties;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  FeedFetch(FeedsProperties properties) {
    this.properties = properties;
  }

  /**
   * Writes the file there.
   *
   * @param user for basic authentication; empty: none
   * @throws UnreadableFeed if it doesn't come whole, in time, with status 200
   */
  void to(Path target, String url, String user, String password)
      throws UnreadableFeed, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(properties.timeout());
    if (!user.isEmpty()) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }
    CompletableFuture<HttpResponse<Path>> coming =
        http.sendAsync(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofFile(target), properties.maxSize().toBytes()));
    try {
      // the request's own timeout ends with the headers
      int status = coming.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status != 200) {
        throw failed("The server answered " + status);
      }
    } catch (TimeoutException e) {
      throw failed("The file didn't come within " + properties.timeout().toSeconds() + " s");
    } catch (ExecutionException e) {
      throw failed(
          e.getCause() instanceof IOException
              ? "The server can't be reached, or the file is too big"
              : "The file can't be fetched");
    } finally {
      coming.cancel(true);
    }
  }

  private static UnreadableFeed failed(String why) {
    return new UnreadableFeed("FETCH_FAILED", why);
  }
}
