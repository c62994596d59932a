/** What we know of a person before anything is disclosed: consents, aliases, sealed match keys. */
@NullMarked
package io.rebound.capisync.people;

import org.jspecify.annotations.NullMarked;
