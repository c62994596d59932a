/** Work that goes on in the background as long as a service runs. */
@NullMarked
package io.rebound.work;

import org.jspecify.annotations.NullMarked;
