/** What Meta posts to us: messages people send, and how ours fare. */
@NullMarked
package io.rebound.whatsapp.webhooks;

import org.jspecify.annotations.NullMarked;
