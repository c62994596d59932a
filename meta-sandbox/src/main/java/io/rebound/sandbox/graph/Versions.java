package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The versions that are served: those of the Marketing API end earlier than the others. */
final class Versions {
  private final SandboxProperties.Versions served;

  Versions(SandboxProperties.Versions served) {
    this.served = served;
  }

  int newest() {
    return served.newest();
  }

  /** The version a path begins with; refuses one that isn't served. */
  int of(List<String> path) {
    OptionalLong version = number(path.getFirst());
    if (version.isEmpty()) {
      throw GraphError.of(
          400, 2500, "Unknown path components: /" + String.join("/", path) + " (no version)");
    }
    if (version.getAsLong() > served.newest()) {
      throw GraphError.unknownPath(String.join("/", path.subList(1, path.size())));
    }
    if (version.getAsLong() < served.oldest()) {
      throw GraphError.of(
          400,
          2635,
          "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v"
              + served.newest()
              + ".0.");
    }
    return (int) version.getAsLong();
  }

  /** Meta serves an old version's call to the Marketing API by a later one, and says so. */
  void warn(int version, GraphNodes owner, Map<String, String> headers) {
    if (owner.area() == Area.ADVERTISING && version < served.oldestForMarketing()) {
      headers.put(
          "X-Ad-Api-Version-Warning",
          "The call has been auto-upgraded to v%d.0 as v%d.0 has been deprecated"
              .formatted(served.oldestForMarketing(), version));
    }
  }

  static boolean isAt(String path) {
    return path.startsWith("/v") && number(path.split("/", 3)[1]).isPresent();
  }

  private static OptionalLong number(String segment) {
    return segment.length() >= 4 && segment.charAt(0) == 'v' && segment.endsWith(".0")
        ? Params.number(segment.substring(1, segment.length() - 2))
        : OptionalLong.empty();
  }
}
