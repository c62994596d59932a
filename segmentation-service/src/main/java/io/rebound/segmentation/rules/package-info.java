/** Segment definitions: their conditions, how they are read and what they come to. */
@NullMarked
package io.rebound.segmentation.rules;

import org.jspecify.annotations.NullMarked;
