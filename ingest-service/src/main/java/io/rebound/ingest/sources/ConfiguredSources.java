package io.rebound.ingest.sources;

import io.rebound.problems.InvalidRequest;
import io.rebound.startup.Misconfigured;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The sources and keys that the configuration gives: they work without a database. */
@Component
final class ConfiguredSources {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String ID_PREFIX = "configured-";
  private static final int ID_DIGITS = 12;

  private final NavigableMap<String, Configured> byId = new TreeMap<>();
  private final EventLimit usual;

  /**
   * @param keys SHA-256 of each, in lower-case hex
   */
  record Configured(SourceDefinition definition, Source source, List<String> keys) {}

  ConfiguredSources(SourcesProperties properties) {
    usual = properties.limit();
    check("rebound.ingest.limit", () -> usual.check("limit"));
    var hashes = new HashSet<String>();
    for (SourceDefinition definition : properties.sources()) {
      add(definition, hashes);
    }
  }

  private void add(SourceDefinition definition, Collection<String> known) {
    String where = "rebound.ingest.sources (" + definition.id() + ")";
    var keys = new ArrayList<String>();
    for (String key : definition.keys()) {
      String hash = key.toLowerCase(Locale.ROOT);
      if (!SHA256.matcher(hash).matches()) {
        throw new Misconfigured(where + ": keys are given as SHA-256 in hex, not in clear");
      }
      if (!known.add(hash)) {
        throw new Misconfigured(where + ": has a key that another source, or itself, has already");
      }
      keys.add(hash);
    }
    check(
        where,
        () -> {
          Source source = SourceRules.source(definition, usual);
          if (byId.put(source.id(), new Configured(definition, source, List.copyOf(keys)))
              != null) {
            throw new InvalidRequest("id", "is given twice");
          }
        });
  }

  private static void check(String where, Runnable rules) {
    try {
      rules.run();
    } catch (InvalidRequest wrong) {
      throw new Misconfigured(where + ": " + wrong.field() + " " + wrong.reason());
    }
  }

  /** The limit of a source that states none. */
  EventLimit usualLimit() {
    return usual;
  }

  Optional<Configured> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<Configured> all() {
    return byId.values();
  }

  /** Of the configured keys of that source, sorted; none if it isn't configured. */
  List<String> keyIds(String source) {
    return find(source)
        .map(one -> one.keys().stream().map(ConfiguredSources::keyId).sorted().toList())
        .orElse(List.of());
  }

  /** What the API calls a configured key: the beginning of the hash that the configuration has. */
  static String keyId(String sha256) {
    return ID_PREFIX + sha256.substring(0, ID_DIGITS);
  }

  static boolean isKeyId(String id) {
    return id.startsWith(ID_PREFIX);
  }
}
