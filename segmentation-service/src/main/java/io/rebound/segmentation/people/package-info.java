/** Who persons turn out to be and what they allow. */
@NullMarked
package io.rebound.segmentation.people;

import org.jspecify.annotations.NullMarked;
