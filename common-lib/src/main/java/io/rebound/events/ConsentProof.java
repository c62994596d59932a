package io.rebound.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What shows later that a statement was made. Every part is a short word or number that leads to
 * the record kept elsewhere, never the record itself: at most {@value #LONGEST} characters, and
 * nothing in which an address, a telephone number or a hash of one would fit.
 *
 * @param textVersion which wording the person agreed to or refused, for instance {@code 2026-03}
 * @param method how they said it, for instance {@code double-opt-in}
 * @param reference where the record of it is, for instance a receipt's id
 * @param recordedBy the name of the key by which somebody entered it for them
 */
public record ConsentProof(
    @Nullable String textVersion,
    @Nullable String method,
    @Nullable String reference,
    @Nullable String recordedBy) {
  private static final int LONGEST = 40;
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,39}");
  // nine digits or more with nothing but signs between them may be a telephone number
  private static final Pattern NUMBER =
      Pattern.compile("(?<![A-Za-z0-9])[0-9](?:[._:/-]{0,3}[0-9]){8,}(?![A-Za-z0-9])");

  /** What {@link #isPart} asks for, as the doors say it. */
  public static final String RULE =
      "must have 1 to 40 letters, digits, and . _ : / - without anything like a telephone number";

  public ConsentProof {
    check("text version", textVersion);
    check("method", method);
    check("reference", reference);
    check("recorder", recordedBy);
  }

  /** Whether a text may stand in a proof. */
  public static boolean isPart(String text) {
    return PART.matcher(text).matches() && !NUMBER.matcher(text).find();
  }

  private static void check(String what, @Nullable String part) {
    if (part != null && !isPart(part)) {
      throw new IllegalArgumentException("A proof's " + what + " " + RULE);
    }
  }

  /** Null where nothing is told. */
  public static @Nullable ConsentProof of(
      @Nullable String textVersion,
      @Nullable String method,
      @Nullable String reference,
      @Nullable String recordedBy) {
    return textVersion == null && method == null && reference == null && recordedBy == null
        ? null
        : new ConsentProof(textVersion, method, reference, recordedBy);
  }
}
