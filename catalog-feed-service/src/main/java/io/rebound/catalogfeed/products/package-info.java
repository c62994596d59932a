/** Products as the shop maintains them. */
@NullMarked
package io.rebound.catalogfeed.products;

import org.jspecify.annotations.NullMarked;
