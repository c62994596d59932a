package io.rebound.sandbox.whatsapp;

import java.util.Map;

/** What a failed status says about its code, in the words of Meta's table of error codes. */
final class FailureTexts {
  private static final int OUTSIDE_WINDOW = 131047;
  private static final Map<Integer, String> TITLES =
      Map.of(
          OUTSIDE_WINDOW,
          "Re-engagement message",
          131000,
          "Something went wrong",
          130472,
          "User's number is part of an experiment",
          131026,
          "Message undeliverable",
          131042,
          "Business eligibility payment issue",
          131049,
          "This message was not delivered to maintain healthy ecosystem engagement.",
          131050,
          "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business",
          131053,
          "Media upload error");

  private FailureTexts() {}

  static String title(int code) {
    return TITLES.getOrDefault(code, "Message failed to send");
  }

  static String details(int code) {
    return code == OUTSIDE_WINDOW
        ? "Message failed to send because more than 24 hours have passed since the customer last replied"
        : title(code);
  }
}
