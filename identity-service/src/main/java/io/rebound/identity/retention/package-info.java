/** What is forgotten after a while. */
@NullMarked
package io.rebound.identity.retention;

import org.jspecify.annotations.NullMarked;
