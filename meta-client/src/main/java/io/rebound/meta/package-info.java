/**
 * Graph calls that survive Meta: one client, its outcomes, its error table, and the endpoints we
 * use.
 */
@NullMarked
package io.rebound.meta;

import org.jspecify.annotations.NullMarked;
