/** Who is who, and what they allowed. */
@NullMarked
package io.rebound.identity;

import org.jspecify.annotations.NullMarked;
