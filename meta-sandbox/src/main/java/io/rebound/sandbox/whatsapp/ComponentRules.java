package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import tools.jackson.databind.JsonNode;

/** What Meta refuses in a template's header, footer and buttons (Meta: Template components). */
final class ComponentRules {
  private static final int LONGEST_LINE = 60;
  private static final int LONGEST_LABEL = 25;
  private static final int MOST_BUTTONS = 10;
  private static final int MOST_LINKS = 2;

  private ComponentRules() {}

  static void checkHeader(JsonNode header, Placeholders format) {
    if (header.path("format").asString("TEXT").equalsIgnoreCase("TEXT")) {
      String text = header.path("text").asString("");
      checkLength("header", text, LONGEST_LINE);
      if (format.in(text).size() > 1) {
        throw GraphError.invalidParameter(
            2388047, "Header format is incorrect", "The header takes one variable");
      }
    }
  }

  static void checkFooter(JsonNode footer) {
    String text = footer.path("text").asString("");
    checkLength("footer", text, LONGEST_LINE);
    if (text.contains("{{")) {
      throw GraphError.invalidParameter(
          2388073, "The message template is not formatted correctly", "A footer has no variables");
    }
  }

  static void checkButtons(JsonNode buttons) {
    int links = 0;
    int phones = 0;
    int groups = 0;
    String before = "";
    for (JsonNode button : buttons) {
      String type = button.path("type").asString("");
      links += type.equals("URL") ? 1 : 0;
      phones += type.equals("PHONE_NUMBER") ? 1 : 0;
      groups += type.equals("QUICK_REPLY") && !before.equals(type) ? 1 : 0;
      before = type;
      if (button.has("text")) {
        checkLength("button", button.path("text").asString(""), LONGEST_LABEL);
      }
    }
    if (buttons.isEmpty() || buttons.size() > MOST_BUTTONS || links > MOST_LINKS || phones > 1) {
      throw GraphError.invalidParameter(
          2388019, "Too many or no buttons", "1 to 10 buttons, of them 2 links and 1 number");
    }
    if (groups > 1) {
      throw GraphError.invalidParameter(
          2388073,
          "The message template is not formatted correctly",
          "Quick replies stand beside each other");
    }
  }

  private static void checkLength(String what, String text, int longest) {
    if (text.isBlank() || text.codePointCount(0, text.length()) > longest) {
      throw GraphError.invalidParameter(
          2388040,
          "Character limit exceeded",
          "The %s must have 1 to %d characters".formatted(what, longest));
    }
  }
}
