/** What persons did: every fact once, with the person it belongs to by now. */
@NullMarked
package io.rebound.segmentation.behaviour;

import org.jspecify.annotations.NullMarked;
