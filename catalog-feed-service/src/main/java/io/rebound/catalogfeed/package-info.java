/** Products, and the feed from which Meta's catalogue is filled. */
@NullMarked
package io.rebound.catalogfeed;

import org.jspecify.annotations.NullMarked;
