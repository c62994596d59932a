/** Several worlds behind one port, told apart by token: each is a tenant with its own state. */
@NullMarked
package io.rebound.sandbox.tenants;

import org.jspecify.annotations.NullMarked;
