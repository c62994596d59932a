/** What all Graph endpoints share: requests, tokens, versions, answers, errors, paging. */
@NullMarked
package io.rebound.sandbox.graph;

import org.jspecify.annotations.NullMarked;
