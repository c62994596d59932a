/** Access tokens: what each may do, how long, and whether it was taken back. */
@NullMarked
package io.rebound.sandbox.tokens;

import org.jspecify.annotations.NullMarked;
