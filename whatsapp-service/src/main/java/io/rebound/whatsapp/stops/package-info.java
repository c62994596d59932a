/** Who said stop, from the moment they did. */
@NullMarked
package io.rebound.whatsapp.stops;

import org.jspecify.annotations.NullMarked;
