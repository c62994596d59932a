package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.node.ObjectNode;

/** Why a message that was taken isn't delivered, with the codes and words of Meta's error page. */
enum Failure {
  SOMETHING(131000, "Something went wrong", "Message failed to send due to an unknown error"),
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
      "This recipient has chosen to stop receiving marketing messages on WhatsApp from your business"),
  UNPAID(
      131042,
      "Business eligibility payment issue",
      "Message failed to send because of an issue with the payment method"),
  HEALTHY_ECOSYSTEM(
      131049,
      "This message was not delivered to maintain healthy ecosystem engagement.",
      "The person has had enough marketing messages for now"),
  BAD_MEDIA(131053, "Media upload error", "The media of the message can't be used"),
  EXPERIMENT(
      130472,
      "User's number is part of an experiment",
      "Message failed to send because the number is part of an experiment");

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

  /** As a webhook tells that code; of one that isn't listed here only that it failed. */
  static ObjectNode told(int code) {
    for (Failure one : values()) {
      if (one.code == code) {
        return told(code, one.title, one.details);
      }
    }
    return told(code, "Message failed to send", "Message failed to send");
  }

  private static ObjectNode told(int code, String title, String details) {
    ObjectNode error = Answer.object().put("code", code).put("title", title).put("message", title);
    error.putObject("error_data").put("details", details);
    return error.put("href", PAGE);
  }
}
