/** What makes a message due: an event, and nothing that settles it for a while. */
@NullMarked
package io.rebound.whatsapp.triggers;

import org.jspecify.annotations.NullMarked;
