package io.rebound.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.ingest.intake.Text;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The write key of an upload: the user of Basic authentication, or a bearer token. */
final class UploadKey {
  private UploadKey() {}

  static Optional<String> in(HttpHeaders headers) {
    String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
    Optional<String> basic = credentials(header, "Basic ").flatMap(UploadKey::user);
    return basic.isPresent() ? basic : credentials(header, "Bearer ");
  }

  private static Optional<String> credentials(@Nullable String header, String scheme) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.ofNullable(Text.of(header.substring(scheme.length())))
        : Optional.empty();
  }

  private static Optional<String> user(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return Optional.ofNullable(Text.of(pair.split(":", 2)[0]));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
