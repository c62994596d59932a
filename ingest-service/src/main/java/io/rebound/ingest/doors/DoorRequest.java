package io.rebound.ingest.doors;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with its whole body.
 *
 * @param path without leading and trailing slashes
 * @param body decompressed, within the door's limit
 * @param secure whether the caller came by HTTPS, as far as it can be told
 * @param clientAddress the caller's address as far as it can be trusted
 */
public record DoorRequest(
    String path,
    String uri,
    HttpHeaders headers,
    byte[] body,
    boolean secure,
    @Nullable String clientAddress,
    Instant receivedAt) {

  /** The same with another body. */
  public DoorRequest with(byte[] other) {
    return new DoorRequest(path, uri, headers, other, secure, clientAddress, receivedAt);
  }

  /**
   * @param name best one that knows its hash, as those of {@code HttpHeaderNames} do
   */
  public @Nullable String header(CharSequence name) {
    return headers.get(name);
  }

  public @Nullable String query(String name) {
    if (uri.indexOf('?') < 0) {
      return null;
    }
    List<String> values = parameters().get(name);
    return values == null ? null : values.getFirst();
  }

  /** Every parameter of the address; empty if they can't be read. */
  public Map<String, List<String>> parameters() {
    try {
      return new QueryStringDecoder(uri).parameters();
    } catch (IllegalArgumentException unreadable) {
      return Map.of();
    }
  }

  public @Nullable String cookie(String name) {
    String header = headers.get(HttpHeaderNames.COOKIE);
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
