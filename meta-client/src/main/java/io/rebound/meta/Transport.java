package io.rebound.meta;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Sends one call over HTTP and says whether what went wrong happened before anything was sent. */
final class Transport implements AutoCloseable {
  private final HttpClient http;
  private final MetaProperties properties;

  /** No byte of the request left this machine: it may be repeated whatever it asks for. */
  static final class NotSent extends IOException {
    private static final long serialVersionUID = 1L;

    NotSent(Throwable cause) {
      super("No connection to Meta", cause);
    }
  }

  Transport(MetaProperties properties) {
    this.properties = properties;
    this.http =
        HttpClient.newBuilder()
            // an attempt at h2c over plain HTTP makes some servers reset the connection
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(properties.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /**
   * Waits for the whole answer, at most for the call timeout: the request's own timeout ends with
   * the answer's headers, so a body that never ends would hang for ever.
   */
  HttpResponse<byte[]> send(GraphCall call, Token token) throws IOException, InterruptedException {
    HttpRequest request = request(call, token);
    Duration patience = properties.callTimeout();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("Meta didn't answer within " + patience, e);
    } catch (ExecutionException e) {
      throw translated(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true); // also gives the connection up when we were interrupted
    }
  }

  private HttpRequest request(GraphCall call, Token token) {
    String secret = token.appSecret() == null ? properties.appSecret() : token.appSecret();
    GraphCall proven =
        secret == null ? call : call.with("appsecret_proof", new AppSecretProof(secret).of(token));
    String query = proven.queryString();
    String address = properties.baseUrl() + "/" + properties.version() + "/" + call.path();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(query.isEmpty() ? address : address + "?" + query))
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json");
    if (call.body() == null) {
      return builder.method(call.method(), BodyPublishers.noBody()).build();
    }
    return builder
        .header("Content-Type", "application/json")
        .method(call.method(), BodyPublishers.ofString(call.body()))
        .build();
  }

  private static IOException translated(Throwable cause) {
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException) {
      return new NotSent(cause);
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
