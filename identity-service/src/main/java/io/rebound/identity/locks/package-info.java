/** Which rows a piece of work holds, and in which order they are locked. */
@NullMarked
package io.rebound.identity.locks;

import org.jspecify.annotations.NullMarked;
