package io.rebound.ingest.doors;

/** The path of a request line, as doors are looked up by it. */
final class RequestPath {
  private RequestPath() {}

  /** Without query and without slashes at its ends; the host of an absolute form goes as well. */
  static String of(String uri) {
    int start = uri.startsWith("/") ? 0 : afterHost(uri);
    int end = start;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    while (start < end && uri.charAt(start) == '/') {
      start++;
    }
    while (end > start && uri.charAt(end - 1) == '/') {
      end--;
    }
    return uri.substring(start, end);
  }

  private static int afterHost(String uri) {
    int scheme = uri.indexOf("://");
    int path = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return Math.max(path, 0);
  }
}
