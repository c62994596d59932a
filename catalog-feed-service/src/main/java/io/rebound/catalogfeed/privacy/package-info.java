/** Answers persons who ask for what this service holds of them: nothing. */
@NullMarked
package io.rebound.catalogfeed.privacy;

import org.jspecify.annotations.NullMarked;
