/**
 * Answers persons who ask for what this service holds of them, and ends what was kept long enough.
 */
@NullMarked
package io.rebound.segmentation.privacy;

import org.jspecify.annotations.NullMarked;
