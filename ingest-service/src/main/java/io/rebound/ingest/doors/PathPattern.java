package io.rebound.ingest.doors;

import java.util.List;

/** A path of which some parts, written in braces, may be anything but empty. */
record PathPattern(List<String> parts) {

  static PathPattern of(String path) {
    return new PathPattern(split(path));
  }

  boolean matches(String path) {
    List<String> given = split(path);
    if (given.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      boolean any = parts.get(i).startsWith("{") && !given.get(i).isEmpty();
      if (!any && !parts.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }
}
