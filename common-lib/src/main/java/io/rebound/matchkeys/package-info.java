/** Meta's match keys: how personal data is normalised and hashed before Meta may see it. */
@NullMarked
package io.rebound.matchkeys;

import org.jspecify.annotations.NullMarked;
