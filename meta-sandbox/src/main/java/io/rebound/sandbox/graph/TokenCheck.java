package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may call: access tokens, and the proof that the caller knows the app's secret. */
@Component
final class TokenCheck {
  private static final long PROOF_SECONDS = 300;

  private final SandboxProperties properties;
  private final Set<String> valid;
  private final Clock clock;

  TokenCheck(SandboxProperties properties, Clock clock) {
    this.properties = properties;
    this.valid = Set.copyOf(properties.tokens());
    this.clock = clock;
  }

  /** Refuses a call whose token or proof isn't good. */
  void check(@Nullable String authorization, Params params) {
    String token =
        bearer(authorization)
            .or(() -> params.text("access_token"))
            .orElseThrow(() ->
                GraphError.of(400, 104, "An access token is required to request this resource."));
    if (properties.expiredTokens().contains(token)) {
      throw GraphError.of(401, 190, 463, "Error validating access token: Session has expired.");
    }
    if (properties.revokedTokens().contains(token)) {
      throw GraphError.of(
          401,
          190,
          467,
          "Error validating access token: The session is invalid because the user logged out.");
    }
    if (!isValid(token)) {
      throw GraphError.of(401, 190, "Invalid OAuth access token - Cannot parse access token");
    }
    checkProof(token, params);
  }

  boolean isValid(String token) {
    return valid.contains(token);
  }

  private static Optional<String> bearer(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space);
    return scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("oauth")
        ? Optional.of(authorization.substring(space + 1).strip())
        : Optional.empty();
  }

  private void checkProof(String token, Params params) {
    Optional<String> proof = params.text("appsecret_proof");
    if (proof.isEmpty()) {
      if (properties.proofRequired()) {
        throw GraphError.invalidParameter(
            "API calls from the server require an appsecret_proof argument");
      }
      return;
    }
    String message = token;
    Optional<String> time = params.text("appsecret_time");
    if (time.isPresent()) {
      OptionalLong seconds = Params.number(time.get());
      if (seconds.isEmpty()
          || Math.abs(clock.instant().getEpochSecond() - seconds.getAsLong()) > PROOF_SECONDS) {
        throw wrongProof();
      }
      message = token + "|" + time.get();
    }
    byte[] expected =
        Signature.hex(properties.appSecret(), message.getBytes(StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, proof.get().getBytes(StandardCharsets.UTF_8))) {
      throw wrongProof();
    }
  }

  private static GraphError wrongProof() {
    return GraphError.invalidParameter("Invalid appsecret_proof provided in the API argument");
  }
}
