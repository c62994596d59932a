package io.rebound.sealing;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Seals records to one receiver. Encrypting to a public key costs as much as hundreds of AES
 * operations, so what HPKE wraps is a data key that seals many envelopes; it is replaced after ten
 * minutes or 2^20 envelopes, whatever comes first, and never stored.
 */
public final class Sealer {
  private static final Duration KEY_LIFE = Duration.ofMinutes(10);
  private static final int MOST_ENVELOPES = 1 << 20;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HybridEncrypt receiver;
  private final SecureRandom random = new SecureRandom();
  private volatile WrappedKey current;

  private record WrappedKey(DataKey key, String wrapped, long madeAt, AtomicInteger used) {
    boolean worn() {
      return System.nanoTime() - madeAt > KEY_LIFE.toNanos()
          || used.incrementAndGet() > MOST_ENVELOPES;
    }
  }

  private Sealer(HybridEncrypt receiver) {
    this.receiver = receiver;
    this.current = newKey();
  }

  /**
   * @param file the receiver's public keyset, Tink's JSON
   * @throws io.rebound.startup.Misconfigured naming the file, if it can't be read
   */
  public static Sealer fromPublicKeyset(Path file) {
    return of(Keysets.readPublic(file));
  }

  /**
   * For a service that keeps something for itself alone.
   *
   * @param file its own private keyset, Tink's JSON
   * @throws io.rebound.startup.Misconfigured naming the file, if it can't be read
   */
  public static Sealer toOwner(Path file) {
    try {
      return of(Keysets.readPrivate(file).getPublicKeysetHandle());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The private keyset has no public half", e);
    }
  }

  static Sealer of(KeysetHandle publicKeys) {
    try {
      return new Sealer(publicKeys.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The public keyset isn't one for hybrid encryption", e);
    }
  }

  /**
   * @param value a record, written as JSON
   * @param boundTo the event it came with; needed to open it
   */
  public Sealed seal(Object value, EventKey boundTo) {
    WrappedKey key = current;
    if (key.worn()) {
      key = newKey();
      current = key;
    }
    byte[] plain = EventJson.MAPPER.writeValueAsBytes(value);
    byte[] box = key.key().encrypt(plain, Binding.to(boundTo));
    return new Sealed(key.wrapped(), BASE64.encodeToString(box));
  }

  private WrappedKey newKey() {
    byte[] bytes = new byte[DataKey.BYTES];
    random.nextBytes(bytes);
    try {
      String wrapped = BASE64.encodeToString(receiver.encrypt(bytes, Binding.DATA_KEY));
      return new WrappedKey(new DataKey(bytes), wrapped, System.nanoTime(), new AtomicInteger());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A data key can't be wrapped", e);
    }
  }
}
