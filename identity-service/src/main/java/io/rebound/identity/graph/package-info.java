/** Persons as connected components of strong identifiers. */
@NullMarked
package io.rebound.identity.graph;

import org.jspecify.annotations.NullMarked;
