/** Answers persons who ask for what this service holds of them, or for its erasure. */
@NullMarked
package io.rebound.whatsapp.privacy;

import org.jspecify.annotations.NullMarked;
