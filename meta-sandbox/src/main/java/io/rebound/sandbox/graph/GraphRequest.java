package io.rebound.sandbox.graph;

import java.util.List;

/**
 * A Graph call whose version and token are in order.
 *
 * @param method after {@code method=} was looked at
 * @param path what follows the version: the object's id, then the edge
 * @param fbtraceId the id the answer carries
 * @param address the whole address before the question mark, for the next page's link
 * @param root the part of the address before the version: where the sandbox's paths begin
 * @param lifelike whether lists are as inconvenient as Meta's
 */
public record GraphRequest(
    String method,
    List<String> path,
    Params params,
    String fbtraceId,
    String address,
    String root,
    boolean lifelike) {
  public String object() {
    return path.getFirst();
  }

  /** What stands behind the object; empty if the object itself is meant. */
  public String edge() {
    return String.join("/", path.subList(1, path.size()));
  }

  /** The path it was called at, with its version, wherever the sandbox's paths begin. */
  public String calledPath() {
    return address.substring(root.length());
  }

  /** Method and edge together, to choose by: {@code POST users}. */
  public String action() {
    return (method + " " + edge()).strip();
  }

  /** The answer to an action the object doesn't have. */
  public GraphError unsupported() {
    return edge().isEmpty()
        ? GraphError.unknownObject(method, object())
        : GraphError.unknownPath(edge());
  }
}
