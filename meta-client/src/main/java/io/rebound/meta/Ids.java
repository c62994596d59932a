package io.rebound.meta;

import java.util.regex.Pattern;

/** Meta's ids stand in paths, so nothing but an id may come through. */
final class Ids {
  private static final Pattern ID = Pattern.compile("(act_)?[0-9]{1,32}");

  private Ids() {}

  static String checked(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("Not an id of Meta's: it must be digits");
    }
    return id;
  }
}
