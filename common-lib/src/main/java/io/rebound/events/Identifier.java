package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An identifier as everybody behind the doors sees it.
 *
 * @param type what kind of identifier it is
 * @param pseudonym its keyed pseudonym ({@code io.rebound.pseudonyms}), never the raw value and
 *     never a plain hash
 * @param role whether the door saw an address of a role or a test (info@, noreply@ …): many people
 *     use it, so it links nobody. Only the door can see that
 */
public record Identifier(
    IdentifierType type,
    String pseudonym,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean role) {

  public Identifier(IdentifierType type, String pseudonym) {
    this(type, pseudonym, false);
  }

  @JsonCreator
  static Identifier read(IdentifierType type, String pseudonym, @Nullable Boolean role) {
    return new Identifier(type, pseudonym, Boolean.TRUE.equals(role));
  }
}
