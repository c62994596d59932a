/** The catalogue: items come in batches and are read back as products. */
@NullMarked
package io.rebound.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
