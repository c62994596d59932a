/** What is published about a person: identifiers, sealed envelopes, consents, aliases. */
@NullMarked
package io.rebound.identity.profiles;

import org.jspecify.annotations.NullMarked;
