package io.rebound.matchkeys;

import org.jspecify.annotations.Nullable;

/** How one key's values are brought into the one form that Meta hashes. */
@FunctionalInterface
interface Normalization {
  /** Null if the value is of no use; never the empty string. */
  @Nullable String of(String raw, Locality locality);
}
