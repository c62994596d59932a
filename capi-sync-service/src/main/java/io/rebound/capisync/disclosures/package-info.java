/** What of whom went to Meta: noted with each request, told per person. */
@NullMarked
package io.rebound.capisync.disclosures;

import org.jspecify.annotations.NullMarked;
