/** The Conversions API: which events Meta takes, and which it counts. */
@NullMarked
package io.rebound.sandbox.conversions;

import org.jspecify.annotations.NullMarked;
