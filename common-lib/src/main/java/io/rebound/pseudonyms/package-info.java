/**
 * The keyed pseudonym by which everybody but Meta and the person's own service knows an identifier.
 */
@NullMarked
package io.rebound.pseudonyms;

import org.jspecify.annotations.NullMarked;
