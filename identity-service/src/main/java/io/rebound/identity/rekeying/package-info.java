/** What an operator needs to give everybody a new pepper's pseudonyms and a new key's seals. */
@NullMarked
package io.rebound.identity.rekeying;

import org.jspecify.annotations.NullMarked;
