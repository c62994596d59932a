package io.rebound.audit;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose data, or which thing. A person goes by the pseudonymous id, whose record an erasure can
 * empty without breaking the chain; contact data have no place here and are refused by their form.
 *
 * @param type the kind in lower case, for instance {@code person} or {@code segment}
 * @param id of the one; null for the kind as a whole, or where nobody was found
 */
public record Subject(String type, @Nullable String id) {
  static final String PERSON = "person";

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z_]{0,39}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

  public Subject {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("A subject's type is a word in lower case");
    }
    if (id != null && !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A subject's id has 1 to 200 letters, digits, and . _ : / -");
    }
    if (type.equals(PERSON) && id != null) {
      id = UUID.fromString(id).toString();
    }
  }

  public static Subject person(UUID id) {
    return new Subject(PERSON, id.toString());
  }

  /** Somebody was looked for and nobody found. */
  public static Subject nobody() {
    return new Subject(PERSON, null);
  }

  public static Subject of(String type, String id) {
    return new Subject(type, id);
  }

  /** The kind as a whole, for instance all of a list. */
  public static Subject all(String type) {
    return new Subject(type, null);
  }
}
