/** What identity knows, as a file. */
@NullMarked
package io.rebound.identity.exports;

import org.jspecify.annotations.NullMarked;
