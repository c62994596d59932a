package io.rebound.ingest.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.Text;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where SDKs put the write key: the user of Basic authentication (with or without its colon), the
 * body's {@code writeKey}, the query's. Beside a bearer token, which is an OAuth token at Segment,
 * it stands in the body; alone, the token is taken for the key.
 */
record WriteKey(DoorRequest request) {

  /** The header's key goes before the body's. */
  Optional<String> in(Fields body) {
    return basic()
        .or(() -> Optional.ofNullable(body.text("writeKey")))
        .or(this::query)
        .or(this::bearer);
  }

  /** The key as far as it is known without a readable body. */
  Optional<String> inHeaders() {
    return basic().or(this::query).or(this::bearer);
  }

  /** The header names one key and the body another. */
  boolean conflictsWith(Fields body) {
    String inBody = body.text("writeKey");
    return inBody != null && basic().filter(inHeader -> !inHeader.equals(inBody)).isPresent();
  }

  private Optional<String> basic() {
    return credentials("Basic ").flatMap(WriteKey::user);
  }

  private Optional<String> bearer() {
    return credentials("Bearer ");
  }

  private Optional<String> query() {
    return Optional.ofNullable(Text.of(request.query("writeKey")));
  }

  private Optional<String> credentials(String scheme) {
    @Nullable String header = request.header(HttpHeaderNames.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.ofNullable(Text.of(header.substring(scheme.length())))
        : Optional.empty();
  }

  private static Optional<String> user(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = pair.indexOf(':');
      return Optional.ofNullable(Text.of(colon < 0 ? pair : pair.substring(0, colon)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
