package io.rebound.sandbox.tokens;

import io.rebound.sandbox.SandboxProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/**
 * All access tokens: those of the settings, and those exchanged for them, which don't survive a
 * restart.
 */
@Component
public final class Tokens {
  /** As long as an exchanged token lives. */
  public static final Duration SIXTY_DAYS = Duration.ofDays(60);

  private static final List<String> ALL =
      List.of(
          "ads_management",
          "ads_read",
          "business_management",
          "catalog_management",
          "read_ads_dataset_quality",
          "whatsapp_business_management",
          "whatsapp_business_messaging");
  private static final Duration LONG_AGO = Duration.ofDays(90);

  private final String appId;
  private final String appSecret;
  private final Clock clock;
  private final Map<String, Token> settings = new ConcurrentHashMap<>();
  private final Set<String> settingsRevoked;
  private final Map<String, Token> exchanged = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  Tokens(SandboxProperties properties, TokensProperties own, Clock clock) {
    this.appId = own.appId();
    this.appSecret = properties.appSecret();
    this.clock = clock;
    this.settingsRevoked = Set.copyOf(properties.revokedTokens());
    Instant now = clock.instant();
    Instant issued = now.minus(LONG_AGO);
    for (String token : properties.tokens()) {
      keep(new Token(token, Token.Kind.SYSTEM_USER, ALL, List.of(), issued, null));
    }
    for (String token : settingsRevoked) {
      keep(new Token(token, Token.Kind.SYSTEM_USER, ALL, List.of(), issued, null));
    }
    for (String token : properties.expiredTokens()) {
      Instant ended = issued.plus(SIXTY_DAYS);
      keep(new Token(token, Token.Kind.SYSTEM_USER, ALL, List.of(), issued, ended));
    }
    for (TokensProperties.Granted granted : own.tokens()) {
      keep(
          new Token(
              granted.token(),
              Token.Kind.SYSTEM_USER,
              granted.scopes(),
              granted.assets(),
              now,
              granted.expiresIn() == null ? null : now.plus(granted.expiresIn())));
    }
    keep(new Token(appToken(), Token.Kind.APP, List.of(), List.of(), issued, null));
  }

  private void keep(Token token) {
    settings.put(token.value(), token);
  }

  public String appId() {
    return appId;
  }

  /** The app's own token: good for asking about tokens, and for no object. */
  public String appToken() {
    return appId + "|" + appSecret;
  }

  /** Whether these are the app's. */
  public boolean isApp(String id, String secret) {
    return id.equals(appId) && secret.equals(appSecret);
  }

  /** The token, expired and revoked ones too. */
  public Optional<Token> find(String value) {
    Token known = settings.get(value);
    return Optional.ofNullable(known == null ? exchanged.get(value) : known);
  }

  public boolean isRevoked(Token token) {
    return settingsRevoked.contains(token.value()) || revoked.contains(token.value());
  }

  /** Another token that may do the same for sixty days; the old one stays what it is. */
  public Token exchange(Token token) {
    byte[] random = new byte[24];
    ThreadLocalRandom.current().nextBytes(random);
    Token other =
        token.exchanged("EAA" + HexFormat.of().formatHex(random), clock.instant(), SIXTY_DAYS);
    exchanged.put(other.value(), other);
    return other;
  }

  public void revoke(Token token) {
    revoked.add(token.value());
  }

  /** Back to the settings. */
  public void clear() {
    exchanged.clear();
    revoked.clear();
  }
}
