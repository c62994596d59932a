/** Why persons are one, and the undoing of it by an operator. */
@NullMarked
package io.rebound.identity.links;

import org.jspecify.annotations.NullMarked;
