/** HTTPS beside HTTP, with a certificate of the sandbox's own authority. */
@NullMarked
package io.rebound.sandbox.https;

import org.jspecify.annotations.NullMarked;
