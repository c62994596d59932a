package io.rebound.meta;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Tokens put through a service's API: used from the next call on, kept sealed in the service's own
 * store, and read again from there at a start and, for what another instance was given, every few
 * seconds. A kept token goes before the configured one.
 */
public final class KeptTokens {
  private static final Logger log = LoggerFactory.getLogger(KeptTokens.class);

  private final RotatingTokens tokens;
  private final TokenStore store;
  private final @Nullable TokenSeal seal;
  private final Map<String, String> read = new ConcurrentHashMap<>();

  public KeptTokens(RotatingTokens tokens, TokenStore store, MetaProperties properties) {
    String secret = properties.tokenKey() == null ? properties.appSecret() : properties.tokenKey();
    this.tokens = tokens;
    this.store = store;
    this.seal = secret == null || secret.isBlank() ? null : new TokenSeal(secret);
  }

  /** Whether the configuration has a secret to keep tokens under. */
  public boolean canKeep() {
    return seal != null;
  }

  /** Whether calls use a token of that name. */
  public boolean knows(String name) {
    return tokens.knows(name);
  }

  /** Keeps the token and uses it from the next call on; held work is tried with it at once. */
  public void put(String name, Token token) {
    if (seal == null) {
      throw new IllegalStateException(
          "Tokens can't be kept: set rebound.meta.token-key or rebound.meta.app-secret");
    }
    String sealed = seal.seal(name, token);
    store.keep(name, sealed);
    read.put(name, sealed);
    tokens.replace(name, token);
    log.atInfo().addKeyValue("token", name).log("Access token replaced through the API");
  }

  /** Takes over what is kept and wasn't read yet. */
  @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT5S")
  public void takeOver() {
    store
        .all()
        .forEach((name, sealed) -> {
          if (!sealed.equals(read.put(name, sealed))) {
            takeOver(name, sealed);
          }
        });
  }

  private void takeOver(String name, String sealed) {
    Optional<Token> opened = seal == null ? Optional.empty() : seal.open(name, sealed);
    opened.ifPresentOrElse(
        token -> {
          tokens.replace(name, token);
          log.atInfo()
              .addKeyValue("token", name)
              .log("The access token that was put through the API is used");
        },
        () ->
            log.atError()
                .addKeyValue("token", name)
                .log(
                    "The kept access token was sealed under another key; the configured one"
                        + " is used until it is put again"));
  }
}
