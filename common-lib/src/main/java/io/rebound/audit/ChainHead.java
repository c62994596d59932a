package io.rebound.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the chain: the number of a link and its hash, which stands for everything up to there.
 *
 * @param hash in 64 hexadecimal digits, lower case
 */
record ChainHead(long seq, String hash) {
  /** Before the first link. */
  static final ChainHead GENESIS = new ChainHead(0, "0".repeat(64));

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

  /** Reads what {@link #toString} wrote; empty if it is something else. */
  static Optional<ChainHead> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ChainHead(Long.parseLong(form.group(1)), form.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
