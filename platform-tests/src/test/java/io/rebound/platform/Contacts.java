package io.rebound.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Addresses and numbers that nobody else has, and the ways people write them. */
final class Contacts {
  private static final String[] NAMES = {
    "anna", "jürgen", "chloe", "dmitri", "o'brien", "fatma", "günther", "hana", "ivo", "jo+shop"
  };

  private final List<Contact> all = new ArrayList<>();

  /**
   * One person's.
   *
   * @param number national, without the leading zero
   */
  record Contact(int index, String email, String number) {
    /** As this person writes the address at their n-th visit. */
    String email(int visit) {
      return switch (visit % 4) {
        case 0 -> email;
        case 1 -> email.toUpperCase(Locale.ROOT);
        case 2 -> "  " + email + " ";
        default -> Character.toUpperCase(email.charAt(0)) + email.substring(1);
      };
    }

    /** As this person writes the number at their n-th visit. */
    String phone(int visit) {
      String area = number.substring(0, 3);
      String rest = number.substring(3);
      return switch (visit % 6) {
        case 0 -> "+49" + number;
        case 1 -> "0" + area + "/" + rest;
        case 2 -> "0049 " + area + " " + rest;
        case 3 -> "+49 (0)" + area + " " + rest.substring(0, 4) + "-" + rest.substring(4);
        case 4 -> "0" + number;
        default -> "49" + number;
      };
    }

    List<String> spellings() {
      var spellings = new ArrayList<String>();
      for (int visit = 0; visit < 12; visit++) {
        spellings.add(email(visit));
        spellings.add(email(visit).strip());
        spellings.add(phone(visit));
        spellings.add(phone(visit).replaceAll("[^0-9]", ""));
        spellings.add("+" + phone(visit).replaceAll("[^0-9]", ""));
      }
      return spellings;
    }
  }

  Contacts(int count, String shop) {
    for (int index = 0; index < count; index++) {
      String email = NAMES[index % NAMES.length] + ".nr" + index + "@" + shop + ".example";
      all.add(new Contact(index, email, "1579%07d".formatted(2_345_671 + index * 104_729L)));
    }
  }

  List<Contact> all() {
    return all;
  }

  Contact get(int index) {
    return all.get(index);
  }

  /** Every way in which one of them was, or could have been, written. */
  TreeSet<String> spellings() {
    var spellings = new TreeSet<String>();
    all.forEach(one -> spellings.addAll(one.spellings()));
    return spellings;
  }
}
