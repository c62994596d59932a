/** How often Meta may be called: rolling hours by use case, and the ad account's score. */
@NullMarked
package io.rebound.sandbox.limits;

import org.jspecify.annotations.NullMarked;
