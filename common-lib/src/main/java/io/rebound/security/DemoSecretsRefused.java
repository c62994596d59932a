package io.rebound.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.startup.Misconfigured;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everybody knows the quickstart's keys, so a service refuses to start with one anywhere else. */
final class DemoSecretsRefused {
  private static final Set<String> DEMO_SECRETS =
      Set.of(
          "demo-write-key",
          "demo-admin-key",
          "demo-meta-token",
          "demo-app-secret",
          "demo-verify-token",
          "demo-feed-token");
  private static final Set<String> DEMO_HASHES =
      DEMO_SECRETS.stream().map(DemoSecretsRefused::sha256).collect(Collectors.toSet());

  DemoSecretsRefused(
      SecurityProperties properties, List<ConfiguredSecret> secrets, boolean quickstart) {
    if (quickstart) {
      return;
    }
    Stream<String> keys =
        properties.keys().stream()
            .filter(key -> isDemo(key.sha256()))
            .map(key -> "rebound.security.keys (" + key.name() + ")");
    Stream<String> others =
        secrets.stream().filter(one -> isDemo(one.value())).map(ConfiguredSecret::property);
    List<String> refused = Stream.concat(keys, others).distinct().sorted().toList();
    if (!refused.isEmpty()) {
      throw new Misconfigured(
          "A demo secret of the quickstart is configured in "
              + String.join(", ", refused)
              + ". Everybody knows it: configure your own.");
    }
  }

  private static boolean isDemo(String secret) {
    return DEMO_SECRETS.contains(secret)
        || DEMO_HASHES.contains(secret.toLowerCase(java.util.Locale.ROOT));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
