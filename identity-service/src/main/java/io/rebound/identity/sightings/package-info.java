/** Events as identity sees them: new ones only, with the ids their identifiers go by. */
@NullMarked
package io.rebound.identity.sightings;

import org.jspecify.annotations.NullMarked;
