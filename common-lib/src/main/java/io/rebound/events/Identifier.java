package io.rebound.events;

/**
 * An identifier as everybody behind the doors sees it.
 *
 * @param type what kind of identifier it is
 * @param pseudonym its keyed pseudonym ({@code io.rebound.pseudonyms}), never the raw value and
 *     never a plain hash
 */
public record Identifier(IdentifierType type, String pseudonym) {}
