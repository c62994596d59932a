/** What Meta fetches. */
@NullMarked
package io.rebound.catalogfeed.feeds;

import org.jspecify.annotations.NullMarked;
