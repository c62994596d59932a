/** Bearer keys with scopes, and the refusal to start with demo keys. */
@NullMarked
package io.rebound.security;

import org.jspecify.annotations.NullMarked;
