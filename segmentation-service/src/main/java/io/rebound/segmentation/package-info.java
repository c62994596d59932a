/** What persons do, how they score, and which segments they belong to. */
@NullMarked
package io.rebound.segmentation;

import org.jspecify.annotations.NullMarked;
