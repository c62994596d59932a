package io.rebound.ingest.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Sources;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What SDKs ask for before they send: Segment's settings document ({@code cdnURL} of analytics.js,
 * {@code cdnHost} of the mobile ones) and RudderStack's source configuration ({@code configUrl}).
 * Both send the SDK to the host that it asked, or to the configured one.
 *
 * <p>An unknown key is a 404, as at Segment: analytics.js then says so in the console and tracks
 * nothing, which loses nothing, because its events would be refused as well.
 */
@Component
class SettingsDoor implements Door {
  private static final String RUDDERSTACK = "sourceConfig";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Sources sources;
  private final @Nullable URI publicAddress;

  SettingsDoor(Sources sources, TrackingProperties properties) {
    this.sources = sources;
    this.publicAddress = properties.publicAddress();
  }

  @Override
  public Set<String> paths() {
    return Set.of("v1/projects/{writeKey}/settings", "projects/{writeKey}/settings", RUDDERSTACK);
  }

  @Override
  public List<String> methods() {
    return List.of("GET", "HEAD");
  }

  @Override
  public DataSize largestBody(String path) {
    return DataSize.ofKilobytes(1);
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    boolean rudder = request.path().equals(RUDDERSTACK);
    Optional<String> key = rudder ? new WriteKey(request).inHeaders() : Optional.of(keyOf(request));
    Optional<Source> source = key.flatMap(sources::of);
    if (source.isEmpty()) {
      return completedFuture(
          rudder
              ? refuse(key.isPresent() ? Refusal.UNKNOWN_KEY : Refusal.NO_KEY)
              : SegmentAnswers.noSettings());
    }
    ObjectNode settings =
        rudder ? sourceConfig(source.get(), key.get()) : settings(request, key.get());
    return completedFuture(
        DoorAnswer.json(200, settings)
            .with("Cache-Control", "private, max-age=300")); // it depends on who asks
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    return SegmentAnswers.refused(refusal, Duration.ofSeconds(1));
  }

  private static String keyOf(DoorRequest request) {
    String[] parts = request.path().split("/");
    String key = parts[parts.length - 2];
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException unreadable) {
      return key;
    }
  }

  private ObjectNode settings(DoorRequest request, String key) {
    ObjectNode settings = JSON.objectNode();
    settings
        .putObject("integrations")
        .putObject("Segment.io")
        .put("apiKey", key)
        .put("apiHost", host(request) + "/v1")
        .put("protocol", protocol(request))
        .put("addBundledMetadata", true)
        .put("retryQueue", true);
    settings.putObject("plan"); // with anything in it analytics.js fetches more of itself
    settings.putObject("edgeFunction");
    return settings;
  }

  private static ObjectNode sourceConfig(Source source, String key) {
    ObjectNode config = JSON.objectNode();
    ObjectNode described =
        config
            .putObject("source")
            .put("id", source.id())
            .put("name", source.id())
            .put("writeKey", key)
            .put("enabled", true);
    described
        .putObject("config")
        .putObject("statsCollection")
        .putObject("errors")
        .put("enabled", false);
    described.putArray("destinations");
    return config;
  }

  private String host(DoorRequest request) {
    if (publicAddress != null) {
      return publicAddress.getRawAuthority() + publicAddress.getRawPath().replaceAll("/+$", "");
    }
    return String.valueOf(request.header("Host"));
  }

  private String protocol(DoorRequest request) {
    return publicAddress != null ? publicAddress.getScheme() : request.secure() ? "https" : "http";
  }
}
