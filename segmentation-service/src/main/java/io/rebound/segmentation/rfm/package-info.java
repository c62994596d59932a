/** Recency, frequency and monetary value, scored by quintile. */
@NullMarked
package io.rebound.segmentation.rfm;

import org.jspecify.annotations.NullMarked;
