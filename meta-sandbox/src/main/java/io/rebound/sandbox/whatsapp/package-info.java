/** The WhatsApp Cloud API: templates, messages and the webhooks that follow them. */
@NullMarked
package io.rebound.sandbox.whatsapp;

import org.jspecify.annotations.NullMarked;
