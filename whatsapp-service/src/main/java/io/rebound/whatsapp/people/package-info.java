/** What we know of a person before we write to them: consents, aliases, the sealed contact. */
@NullMarked
package io.rebound.whatsapp.people;

import org.jspecify.annotations.NullMarked;
