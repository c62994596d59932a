package io.rebound.identity.lookup;

/** What a look-up by a value came to. */
sealed interface Found {

  /** Somebody goes by it. */
  record Person(PersonAnswer answer) implements Found {}

  /** Nobody goes by it, or it isn't a value of its type. */
  record Nobody() implements Found {}

  /**
   * It is known and leads to nobody.
   *
   * @param reason {@code role}: an address that isn't one person's; {@code blocked}: a value that
   *     too many people use
   */
  record LinksNobody(String reason) implements Found {}
}
