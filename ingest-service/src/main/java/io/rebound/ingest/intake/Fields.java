package io.rebound.ingest.intake;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * An object of a request body. Reading is lenient (what is missing, blank or of another type is
 * absent) except where a method's name says {@code required}: those refuse the event and name the
 * field.
 *
 * @param json anything; what isn't an object has no fields
 */
public record Fields(JsonNode json) {
  private static final Fields NONE = new Fields(MissingNode.getInstance());
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,10})?");
  private static final BigDecimal LARGEST = new BigDecimal("1e15");
  private static final int LARGEST_SCALE = 10;

  public static Fields none() {
    return NONE;
  }

  /** The object under that name, empty if there is none. */
  public Fields object(String name) {
    JsonNode field = json.path(name);
    return field.isObject() ? new Fields(field) : NONE;
  }

  /** As {@link #object}; a field that holds anything but an object or null refuses the event. */
  public Fields requiredObject(String name, String path) {
    JsonNode field = json.path(name);
    if (!field.isObject() && !field.isMissingNode() && !field.isNull()) {
      throw new InvalidEvent(path, "must be an object");
    }
    return object(name);
  }

  /** The objects in the list under that name. */
  public List<Fields> objects(String name) {
    JsonNode field = json.path(name);
    if (field.isEmpty()) {
      return List.of();
    }
    return field.valueStream().filter(JsonNode::isObject).map(Fields::new).toList();
  }

  /** The texts under that name, be it one or a list of them. */
  public List<String> texts(String name) {
    JsonNode field = json.path(name);
    if (field.isMissingNode()) {
      return List.of();
    }
    if (!field.isArray()) {
      String only = Text.of(field);
      return only == null ? List.of() : List.of(only);
    }
    return field.valueStream().map(Text::of).filter(text -> text != null).toList();
  }

  /** The first of these names that holds a text or a number. */
  public @Nullable String text(List<String> names) {
    for (int at = 0; at < names.size(); at++) {
      String text = Text.of(json.path(names.get(at)));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The text or number under that name. */
  public @Nullable String text(String name) {
    return Text.of(json.path(name));
  }

  /** As {@link #text(List)}. */
  public @Nullable String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? text(otherwise) : text;
  }

  /** An id: a text, or a number that somebody forgot to quote; anything else refuses the event. */
  public @Nullable String requiredId(String name) {
    JsonNode field = json.path(name);
    if (field.isContainer() || field.isBoolean()) {
      throw new InvalidEvent(name, "must be a string");
    }
    return Text.of(field);
  }

  /** The amount under that name, also if it came as a text. */
  public @Nullable BigDecimal decimal(String name) {
    JsonNode field = json.path(name);
    if (field.isNumber()) {
      BigDecimal number = field.decimalValue();
      return withinReason(number) ? number : null;
    }
    String text = Text.of(field);
    return text != null && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  public @Nullable Boolean flag(String name) {
    JsonNode field = json.path(name);
    return field.isBoolean() ? Boolean.valueOf(field.booleanValue()) : null;
  }

  /** Whether the field is there, null included only if it is something else. */
  public boolean has(String name) {
    JsonNode field = json.path(name);
    return !field.isMissingNode() && !field.isNull();
  }

  /** Not so long that somebody downstream spends a minute on one number. */
  static boolean withinReason(BigDecimal number) {
    boolean usual =
        number.scale() >= 0 && number.scale() <= LARGEST_SCALE && number.precision() <= 15;
    return usual
        || Math.abs((long) number.scale()) <= 30
            && number.precision() <= 40
            && number.abs().compareTo(LARGEST) < 0
            && number.stripTrailingZeros().scale() <= LARGEST_SCALE;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "Fields[…]";
  }
}
