/** Product catalogues: items and their batches. */
@NullMarked
package io.rebound.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
