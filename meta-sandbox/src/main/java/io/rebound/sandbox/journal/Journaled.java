package io.rebound.sandbox.journal;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** State that survives: it can be rebuilt from its changes, and told as fewer changes. */
public interface Journaled {
  /** The name its changes bear in the journal. */
  String kind();

  /** Does a change again that was recorded, without recording it. */
  void replay(JsonNode change);

  /** Tells changes that lead to the present state. Called while nobody else changes it. */
  void compact(Sink sink) throws IOException;

  /** Forgets everything, in the journal too. */
  void clear();

  /** Takes changes of one kind. */
  interface Sink {
    void accept(byte[] change) throws IOException;
  }
}
