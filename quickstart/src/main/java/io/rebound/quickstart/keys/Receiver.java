package io.rebound.quickstart.keys;

import io.rebound.events.Sealed;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Sealer;
import io.rebound.sealing.SealingKeyId;
import java.nio.file.Path;

/** A service that envelopes are sealed to, with its private key. */
record Receiver(Opener opener, Sealer sealer) {

  /**
   * @param name {@code capi-sync} or {@code whatsapp}
   */
  static Receiver of(Path folder, String name) {
    Opener opener = Opener.fromPrivateKeyset(folder.resolve(name + ".private.json"));
    return new Receiver(opener, opener.toItself());
  }

  boolean isCurrent(Sealed sealed) {
    return SealingKeyId.of(sealed).orElse(-1) == opener.primaryKey();
  }
}
