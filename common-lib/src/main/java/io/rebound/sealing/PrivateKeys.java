package io.rebound.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** A receiver's keyset as read once, and the data keys that were unwrapped with it. */
final class PrivateKeys {
  private static final int REMEMBERED_KEYS = 10_000;

  private final HybridDecrypt own;
  private final HybridEncrypt toPrimary;
  private final long primary;
  private final Set<Long> ids = new HashSet<>();
  private final Cache<String, DataKey> dataKeys =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_KEYS)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  private PrivateKeys(KeysetHandle keys) throws GeneralSecurityException {
    own = keys.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
    toPrimary =
        keys.getPublicKeysetHandle().getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
    primary = Integer.toUnsignedLong(keys.getPrimary().getId());
    for (int at = 0; at < keys.size(); at++) {
      ids.add(Integer.toUnsignedLong(keys.getAt(at).getId()));
    }
  }

  static PrivateKeys of(KeysetHandle keys) {
    try {
      return new PrivateKeys(keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The private keyset isn't one for hybrid encryption", e);
    }
  }

  static PrivateKeys parse(Path file, String text) {
    return of(Keysets.parseSecret(file, text));
  }

  long primary() {
    return primary;
  }

  /** Encrypts to the primary key. */
  HybridEncrypt toPrimary() {
    return toPrimary;
  }

  boolean hold(String wrapped) {
    OptionalLong id = SealingKeyId.of(wrapped);
    return id.isPresent() && ids.contains(id.getAsLong());
  }

  DataKey dataKey(String wrapped) {
    return dataKeys.get(wrapped, this::unwrap);
  }

  private DataKey unwrap(String wrapped) {
    try {
      return new DataKey(own.decrypt(Base64Url.decoded(wrapped), Binding.DATA_KEY));
    } catch (GeneralSecurityException e) {
      throw new UnreadableSeal("The envelope's data key can't be unwrapped");
    }
  }
}
