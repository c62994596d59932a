/** The simulator's main class and settings: one Spring context, its state, its clock. */
@NullMarked
package io.rebound.sandbox;

import org.jspecify.annotations.NullMarked;
