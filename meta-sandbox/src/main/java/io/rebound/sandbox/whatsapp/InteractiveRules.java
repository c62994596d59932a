package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What Meta refuses in an interactive message, by its type's page (Interactive reply buttons, list
 * and call-to-action URL messages).
 */
final class InteractiveRules {
  private static final int LONGEST_BODY = 1024;
  private static final int LONGEST_LIST_BODY = 4096;
  private static final int LONGEST_FOOTER = 60;
  private static final int LONGEST_HEADER = 60;
  private static final int LONGEST_BUTTON = 20;
  private static final int LONGEST_BUTTON_ID = 256;
  private static final int LONGEST_ROW_ID = 200;
  private static final int LONGEST_ROW = 24;
  private static final int LONGEST_DESCRIPTION = 72;
  private static final int MOST_BUTTONS = 3;
  private static final int MOST_ROWS = 10;
  private static final Set<String> HEADERS = Set.of("text", "image", "video", "document");

  private InteractiveRules() {}

  /** The text the person reads. */
  static String checked(JsonNode interactive) {
    JsonNode action = interactive.path("action");
    String type = interactive.path("type").asString("");
    switch (type) {
      case "button" -> checkButtons(action.path("buttons"));
      case "list" -> checkList(action);
      case "cta_url" -> checkLink(action);
      case "" -> throw Refusals.missing("interactive.type is required");
      default ->
          throw GraphError.of(400, 131051, "(#131051) Unsupported message type")
              .withDetails("The sandbox sends interactive messages of type button, list, cta_url");
    }
    checkHeader(interactive.path("header"), type.equals("list"));
    Refusals.optionalText(interactive.path("footer").path("text"), "Footer text", LONGEST_FOOTER);
    return Refusals.text(
        interactive.path("body").path("text"),
        "Body text",
        type.equals("list") ? LONGEST_LIST_BODY : LONGEST_BODY);
  }

  private static void checkHeader(JsonNode header, boolean onlyText) {
    if (header.isMissingNode()) {
      return;
    }
    String type = header.path("type").asString("");
    if (onlyText ? !type.equals("text") : !HEADERS.contains(type)) {
      throw Refusals.invalid("Header type invalid: " + type);
    }
    if (type.equals("text")) {
      Refusals.text(header.path("text"), "Header text", LONGEST_HEADER);
    }
  }

  private static void checkButtons(JsonNode buttons) {
    count("buttons", buttons.size(), MOST_BUTTONS);
    var ids = new HashSet<String>();
    var titles = new HashSet<String>();
    for (JsonNode button : buttons) {
      if (!button.path("type").asString("").equals("reply")) {
        throw Refusals.invalid("Button type must be reply");
      }
      JsonNode reply = button.path("reply");
      unique("Button id", ids, Refusals.text(reply.path("id"), "Button id", LONGEST_BUTTON_ID));
      unique(
          "Button title",
          titles,
          Refusals.text(reply.path("title"), "Button title", LONGEST_BUTTON));
    }
  }

  private static void checkList(JsonNode action) {
    Refusals.text(action.path("button"), "Button text", LONGEST_BUTTON);
    JsonNode sections = action.path("sections");
    count("sections", sections.size(), MOST_ROWS);
    int rows = 0;
    var ids = new HashSet<String>();
    for (JsonNode section : sections) {
      if (sections.size() > 1) { // a single section needs no title
        Refusals.text(section.path("title"), "Section title", LONGEST_ROW);
      } else {
        Refusals.optionalText(section.path("title"), "Section title", LONGEST_ROW);
      }
      count("rows of a section", section.path("rows").size(), MOST_ROWS);
      for (JsonNode row : section.path("rows")) {
        rows++;
        unique("Row id", ids, Refusals.text(row.path("id"), "Row id", LONGEST_ROW_ID));
        Refusals.text(row.path("title"), "Row title", LONGEST_ROW);
        Refusals.optionalText(row.path("description"), "Row description", LONGEST_DESCRIPTION);
      }
    }
    if (rows > MOST_ROWS) {
      throw Refusals.invalid("Total row count exceed max allowed count: " + MOST_ROWS);
    }
  }

  private static void checkLink(JsonNode action) {
    if (!action.path("name").asString("").equals("cta_url")) {
      throw Refusals.invalid("action.name must be cta_url");
    }
    JsonNode parameters = action.path("parameters");
    Refusals.text(parameters.path("display_text"), "Button text", LONGEST_BUTTON);
    if (!parameters.path("url").asString("").matches("https?://\\S+")) {
      throw Refusals.invalid("action.parameters.url must be a link");
    }
  }

  private static void count(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw Refusals.invalid(
          "Invalid number of %s. Min count: 1, Max count: %d".formatted(what, most));
    }
  }

  private static void unique(String what, Set<String> seen, String value) {
    if (!seen.add(value)) {
      throw Refusals.invalid("Duplicated %s".formatted(what));
    }
  }
}
