/** The file that keeps the state when the process is killed. */
@NullMarked
package io.rebound.sandbox.journal;

import org.jspecify.annotations.NullMarked;
