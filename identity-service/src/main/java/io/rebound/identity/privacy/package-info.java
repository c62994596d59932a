/** What persons may ask for: a copy of everything held about them, and its erasure. */
@NullMarked
package io.rebound.identity.privacy;

import org.jspecify.annotations.NullMarked;
