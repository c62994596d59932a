package io.rebound.ingest.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Finds the source of a write key. Keys are known only as SHA-256, and looked up by it: how long a
 * look-up takes tells nothing about a key.
 */
@Component
public class Sources {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_KEY = 512;

  private final Map<String, Source> byKeyHash = new HashMap<>();

  Sources(SourcesProperties properties) {
    for (SourcesProperties.Configured configured : properties.sources()) {
      Source source = configured.source();
      for (String key : configured.keys()) {
        String hash = key.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(hash).matches()) {
          throw new IllegalStateException(
              "Source " + source.id() + ": keys are given as SHA-256 in hex, not in clear");
        }
        Source other = byKeyHash.put(hash, source);
        if (other != null) {
          throw new IllegalStateException(
              "Sources " + other.id() + " and " + source.id() + " have the same key");
        }
      }
    }
  }

  public Optional<Source> of(String writeKey) {
    return writeKey.length() > LONGEST_KEY
        ? Optional.empty()
        : Optional.ofNullable(byKeyHash.get(sha256(writeKey)));
  }

  private static String sha256(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
