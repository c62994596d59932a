package io.rebound.audit;

import java.security.Principal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What happened: who did what to what on what ground. The log adds when.
 *
 * @param actor the name of the key that was used, or {@value #SYSTEM}
 * @param details a few facts more; neither personal data nor secrets, nor a person's id, which
 *     belongs into the subject. At most 16 of them; names in lower case; values are 1 to 200
 *     letters, digits and {@code . _ : / , -}
 */
public record AuditEntry(
    String actor,
    AuditAction action,
    Subject subject,
    Ground ground,
    SortedMap<String, String> details) {
  /** The actor of what a service does by itself. */
  public static final String SYSTEM = "system";

  private static final int MOST_DETAILS = 16;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:/,-]{1,200}");

  public AuditEntry {
    if (details.size() > MOST_DETAILS) {
      throw new IllegalArgumentException("An audit entry has at most 16 details");
    }
    details.forEach(AuditEntry::check);
    details = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("A detail's name is a word in lower case");
    }
    if (!VALUE.matcher(value).matches()) { // whatever else it is, an address or a text is no detail
      throw new IllegalArgumentException(
          "The detail " + name + " must be 1 to 200 letters, digits, and . _ : / , -");
    }
  }

  /** The holder of an administrative key did it. */
  public static AuditEntry administration(Principal caller, AuditAction action, Subject subject) {
    return new AuditEntry(
        caller.getName(), action, subject, Ground.ADMINISTRATION, new TreeMap<>(Map.of()));
  }

  /** The service did it by itself. */
  public static AuditEntry system(AuditAction action, Subject subject, Ground ground) {
    return new AuditEntry(SYSTEM, action, subject, ground, new TreeMap<>(Map.of()));
  }

  /** The same with one detail more. */
  public AuditEntry with(String name, Object value) {
    var more = new TreeMap<>(details);
    more.put(name, String.valueOf(value));
    return new AuditEntry(actor, action, subject, ground, more);
  }
}
