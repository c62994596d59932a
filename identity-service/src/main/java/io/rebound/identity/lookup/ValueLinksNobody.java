package io.rebound.identity.lookup;

/** A value was looked for that leads to nobody, whoever uses it. */
final class ValueLinksNobody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  ValueLinksNobody(String reason) {
    super("This value leads to nobody: " + reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
