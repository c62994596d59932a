package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.node.ObjectNode;

/** Why a message that was taken isn't delivered, with the codes and words of Meta's error page. */
enum Failure {
  BAD_TARGET(
      131009,
      "Parameter value is not valid",
      "The message to react to doesn't exist, or is too old"),
  UNDELIVERABLE(131026, "Message undeliverable", "Message Undeliverable. The person can't get it."),
  OUTSIDE_WINDOW(
      131047,
      "Re-engagement message",
      "Message failed to send because more than 24 hours have passed since the customer last replied"),
  STOPPED_MARKETING(
      131050,
      "Unable to deliver the message",
      "This recipient has chosen to stop receiving marketing messages on WhatsApp from your business");

  private static final String PAGE =
      "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

  private final int code;
  private final String title;
  private final String details;

  Failure(int code, String title, String details) {
    this.code = code;
    this.title = title;
    this.details = details;
  }

  int code() {
    return code;
  }

  static Failure of(int code) {
    for (Failure one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    throw new IllegalArgumentException("No message fails with code " + code);
  }

  /** As a webhook tells it. */
  ObjectNode told() {
    ObjectNode error = Answer.object().put("code", code).put("title", title).put("message", title);
    error.putObject("error_data").put("details", details);
    return error.put("href", PAGE);
  }
}
