package io.rebound.sandbox.catalog;

/** Why a feed's file changes nothing at all. */
final class UnreadableFeed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  UnreadableFeed(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  String type() {
    return type;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
