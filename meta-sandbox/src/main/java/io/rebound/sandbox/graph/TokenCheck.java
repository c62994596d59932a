package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.faults.Faults;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final Faults faults;

  TokenCheck(SandboxProperties properties, Clock clock, Faults faults) {
    this.properties = properties;
    this.valid = Set.copyOf(properties.tokens());
    this.clock = clock;
    this.faults = faults;
  }

  /** Refuses a call whose token or proof isn't good. */
  void check(@Nullable String authorization, Params params) {
    String token =
        bearer(authorization)
            .or(() -> params.text("access_token"))
            .orElseThrow(() ->
                GraphError.of(400, 104, "An access token is required to request this resource."));
    checkToken(token);
    checkProof(token, params);
  }

  /** Refuses a token that isn't good. */
  void checkToken(String token) {
    OptionalInt ended = faults.expiry(token);
    if (ended.isPresent()) {
      throw GraphError.of(401, 190, ended.getAsInt(), endOfToken(ended.getAsInt()));
    }
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
  }

  boolean isValid(String token) {
    return valid.contains(token) && faults.expiry(token).isEmpty();
  }

  private static String endOfToken(int subcode) {
    String reason =
        switch (subcode) {
          case 460 ->
              "The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.";
          case 463 -> "Session has expired.";
          case 467 -> "The session is invalid because the user logged out.";
          default -> "The session is invalid.";
        };
    return "Error validating access token: " + reason;
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
