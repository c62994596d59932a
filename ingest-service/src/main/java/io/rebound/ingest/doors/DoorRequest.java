package io.rebound.ingest.doors;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with its whole body.
 *
 * @param path without leading and trailing slashes
 * @param body decompressed, within the door's limit
 * @param clientAddress the caller's address as far as it can be trusted
 */
public record DoorRequest(
    String path,
    String uri,
    HttpHeaders headers,
    byte[] body,
    @Nullable String clientAddress,
    Instant receivedAt) {

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  public @Nullable String query(String name) {
    if (uri.indexOf('?') < 0) {
      return null;
    }
    try {
      List<String> values = new QueryStringDecoder(uri).parameters().get(name);
      return values == null ? null : values.getFirst();
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  public @Nullable String cookie(String name) {
    String header = headers.get("Cookie");
    if (header == null || !header.contains(name)) {
      return null;
    }
    return ServerCookieDecoder.LAX.decode(header).stream()
        .filter(cookie -> cookie.name().equals(name))
        .map(cookie -> cookie.value())
        .findFirst()
        .orElse(null);
  }

  /** Never shows a header or the body: they are personal data. */
  @Override
  public String toString() {
    return "DoorRequest[" + path + ", " + body.length + " bytes]";
  }
}
