package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.faults.Faults;
import io.rebound.sandbox.tokens.Token;
import io.rebound.sandbox.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may call: access tokens, and the proof that the caller knows the app's secret. */
@Component
final class TokenCheck {
  private static final long PROOF_SECONDS = 300;
  private static final DateTimeFormatter META_TIME =
      DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US)
          .withZone(ZoneId.of("America/Los_Angeles"));

  private final SandboxProperties properties;
  private final Tokens tokens;
  private final Clock clock;
  private final Faults faults;

  TokenCheck(SandboxProperties properties, Tokens tokens, Clock clock, Faults faults) {
    this.properties = properties;
    this.tokens = tokens;
    this.clock = clock;
    this.faults = faults;
  }

  /** The call's token; refuses a call whose token or proof isn't good. */
  Token check(@Nullable String authorization, Params params) {
    String given =
        bearer(authorization)
            .or(() -> params.text("access_token"))
            .orElseThrow(() ->
                GraphError.of(400, 104, "An access token is required to request this resource."));
    Token token = good(given);
    checkProof(given, params);
    return token;
  }

  /** A token that is known, not expired and not taken back. */
  Token good(String given) {
    OptionalInt ended = faults.expiry(given);
    if (ended.isPresent()) {
      throw GraphError.of(401, 190, ended.getAsInt(), endOfToken(ended.getAsInt()));
    }
    Token token =
        tokens
            .find(given)
            .orElseThrow(() ->
                GraphError.of(401, 190, "Invalid OAuth access token - Cannot parse access token"));
    if (tokens.isRevoked(token)) {
      throw GraphError.of(
          401,
          190,
          467,
          "Error validating access token: The session is invalid because the user logged out.");
    }
    Instant now = clock.instant();
    if (token.expiresAt() != null && token.isExpired(now)) {
      throw GraphError.of(
          401,
          190,
          463,
          "Error validating access token: Session has expired on %s. The current time is %s."
              .formatted(META_TIME.format(token.expiresAt()), META_TIME.format(now)));
    }
    return token;
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

  static Optional<String> bearer(@Nullable String authorization) {
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
