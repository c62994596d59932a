/** Segments, who belongs to them, and what changes that. */
@NullMarked
package io.rebound.segmentation.segments;

import org.jspecify.annotations.NullMarked;
