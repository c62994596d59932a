/** {@code ./rebound keys rotate}, {@code retire}, {@code drop} and {@code rekey}. */
@NullMarked
package io.rebound.quickstart.keys;

import org.jspecify.annotations.NullMarked;
