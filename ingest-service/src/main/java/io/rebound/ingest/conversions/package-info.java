/** The Meta-shaped door: takes what the Conversions API takes, answers as Meta does. */
@NullMarked
package io.rebound.ingest.conversions;

import org.jspecify.annotations.NullMarked;
