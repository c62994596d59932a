/** What a person or a test may see and steer: the endpoints below /_sandbox and the page. */
@NullMarked
package io.rebound.sandbox.inspection;

import org.jspecify.annotations.NullMarked;
