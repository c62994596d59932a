/** The doors that answer who somebody is. */
@NullMarked
package io.rebound.identity.lookup;

import org.jspecify.annotations.NullMarked;
