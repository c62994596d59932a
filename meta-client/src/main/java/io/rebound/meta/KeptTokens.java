package io.rebound.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.meta.TokenSeal.Kept;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
 * seconds. A kept token goes before the configured one, until the configuration has another than it
 * was put over: whoever changes that means it.
 */
public final class KeptTokens {
  private static final Logger log = LoggerFactory.getLogger(KeptTokens.class);

  private final RotatingTokens tokens;
  private final TokenStore store;
  private final @Nullable TokenSeal seal;
  private final Map<String, String> configured = new ConcurrentHashMap<>();
  private final Map<String, String> read = new ConcurrentHashMap<>();

  public KeptTokens(RotatingTokens tokens, TokenStore store, MetaProperties properties) {
    String secret = properties.tokenKey() == null ? properties.appSecret() : properties.tokenKey();
    this.tokens = tokens;
    this.store = store;
    tokens.names().forEach(name -> configured.put(name, fingerprint(tokens.current(name))));
    this.seal = secret == null || secret.isBlank() ? null : new TokenSeal(secret);
  }

  /** Whether the configuration has a secret to keep tokens under. */
  public boolean canKeep() {
    return seal != null;
  }

  /** Whether calls use a token of that name. */
  public boolean knows(String name) {
    return configured.containsKey(name);
  }

  /** Keeps the token and uses it from the next call on; held work is tried with it at once. */
  public void put(String name, Token token) {
    if (seal == null) {
      throw new IllegalStateException(
          "Tokens can't be kept: set rebound.meta.token-key or rebound.meta.app-secret");
    }
    String sealed = seal.seal(name, new Kept(token, configured.getOrDefault(name, "")));
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
    Optional<Kept> opened = seal == null ? Optional.empty() : seal.open(name, sealed);
    if (opened.isEmpty()) {
      log.atError()
          .addKeyValue("token", name)
          .log(
              "The kept access token was sealed under another key; the configured one is used"
                  + " until it is put again");
    } else if (!opened.get().over().equals(configured.get(name))) {
      log.atWarn()
          .addKeyValue("token", name)
          .log(
              "The configured access token is another than the kept one was put over; the"
                  + " configured one is used");
    } else {
      tokens.replace(name, opened.get().token());
      log.atInfo()
          .addKeyValue("token", name)
          .log("The access token that was put through the API is used");
    }
  }

  private static String fingerprint(Token token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
