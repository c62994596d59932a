/** The door where somebody enters what a person stated elsewhere. */
@NullMarked
package io.rebound.identity.statements;

import org.jspecify.annotations.NullMarked;
