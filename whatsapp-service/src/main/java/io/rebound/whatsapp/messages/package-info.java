/** The messages: each sent at most once, and what became of it. */
@NullMarked
package io.rebound.whatsapp.messages;

import org.jspecify.annotations.NullMarked;
