/** What persons allow, by what they stated and when. */
@NullMarked
package io.rebound.identity.consents;

import org.jspecify.annotations.NullMarked;
