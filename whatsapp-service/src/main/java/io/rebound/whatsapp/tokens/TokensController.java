package io.rebound.whatsapp.tokens;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.meta.KeptTokens;
import io.rebound.meta.Token;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replaces the access token for Meta: {@code PUT /v1/tokens/{name}}. */
@RestController
class TokensController {
  private final KeptTokens tokens;
  private final AuditLog audit;

  TokensController(KeptTokens tokens, AuditLog audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  /**
   * A new token.
   *
   * @param appSecret of the app that made it, if that isn't the configured one
   */
  record NewToken(@Nullable String token, @Nullable String appSecret) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "NewToken[…]";
    }
  }

  /** Used from the next call on, and after a restart. Nobody can read it back. */
  @PutMapping("/v1/tokens/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Transactional
  void put(@PathVariable String name, @RequestBody NewToken body, Principal caller) {
    if (!tokens.knows(name)) {
      throw new NotFound("token");
    }
    if (!tokens.canKeep()) {
      throw new InvalidRequest("token", "can't be kept: rebound.meta.token-key isn't set");
    }
    String secret = body.appSecret();
    if (secret != null && secret.isBlank()) {
      throw new InvalidRequest("app_secret", "must not be blank");
    }
    try {
      tokens.put(name, new Token(body.token() == null ? "" : body.token(), secret));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("token", "must be an access token");
    }
    audit.append(
        AuditEntry.administration(caller, AuditAction.TOKEN_ROTATED, Subject.of("token", name)));
  }
}
