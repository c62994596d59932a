/** The front doors: every event in, once, validated, pseudonymised and sealed. */
@NullMarked
package io.rebound.ingest;

import org.jspecify.annotations.NullMarked;
