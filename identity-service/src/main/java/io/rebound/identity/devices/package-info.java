/** Whose a device was when, and to whom the events without a strong identifier belong. */
@NullMarked
package io.rebound.identity.devices;

import org.jspecify.annotations.NullMarked;
