/**
 * Sends WhatsApp templates when a person leaves something unfinished, and turns what they answer
 * into events.
 */
@NullMarked
package io.rebound.whatsapp;

import org.jspecify.annotations.NullMarked;
