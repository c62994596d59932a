package io.rebound.quickstart;

import java.util.List;
import java.util.Optional;

/** Options of the command line: a name, and its value as the next argument. */
final class Option {
  private Option() {}

  /** What was given for that option; empty if nothing was. */
  static Optional<String> of(String option, List<String> given) {
    int at = given.indexOf(option);
    return at >= 0 && at + 1 < given.size() ? Optional.of(given.get(at + 1)) : Optional.empty();
  }
}
