/** Custom Audiences: who is in, and how people get in and out. */
@NullMarked
package io.rebound.sandbox.audiences;

import org.jspecify.annotations.NullMarked;
