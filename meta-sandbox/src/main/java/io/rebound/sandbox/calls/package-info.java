/** Which Graph calls came and what they were answered, for whoever looks. */
@NullMarked
package io.rebound.sandbox.calls;

import org.jspecify.annotations.NullMarked;
