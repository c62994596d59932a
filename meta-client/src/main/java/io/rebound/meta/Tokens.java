package io.rebound.meta;

/** Where the client takes its access tokens from, before each call. */
@FunctionalInterface
public interface Tokens {

  /** The name of the token that a service uses unless it has several. */
  String DEFAULT = "default";

  /** The token of that name as it is now; a name without a token is an IllegalStateException. */
  Token current(String name);
}
