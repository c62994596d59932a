package io.rebound.sandbox.faults;

import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some of the Graph API's calls.
 *
 * @param path found in their path
 * @param method empty for any
 */
record Calls(Pattern path, String method) {
  boolean include(String calledMethod, String calledPath) {
    return (method.isEmpty() || method.equalsIgnoreCase(calledMethod))
        && path.matcher(calledPath).find();
  }

  void showIn(ObjectNode shown) {
    shown.put("path", path.pattern());
    if (!method.isEmpty()) {
      shown.put("method", method);
    }
  }
}
