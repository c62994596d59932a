package io.rebound.whatsapp.messages;

/**
 * Names one call of a message: {@code <message id>.<attempt>}.
 *
 * @param attempt from 1
 */
record CallId(String message, int attempt) {

  static CallId parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("An intent's id must be <message id>.<attempt>");
    }
    return new CallId(text.substring(0, dot), Integer.parseInt(text.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return message + "." + attempt;
  }
}
