/** Parameters of statements. */
@NullMarked
package io.rebound.identity.sql;

import org.jspecify.annotations.NullMarked;
