package io.rebound.meta;

import java.util.Map;

/** Where a service keeps the tokens that were put through its API. It sees them sealed. */
public interface TokenStore {

  /** Every kept token, sealed, by its name. */
  Map<String, String> all();

  /** From now on this one is kept under the name. */
  void keep(String name, String sealed);
}
