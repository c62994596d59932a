package io.rebound.sealing;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import io.rebound.startup.WatchedFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Seals records to one receiver. Encrypting to a public key costs as much as hundreds of AES
 * operations, so what HPKE wraps is a data key that seals many envelopes; it is replaced after ten
 * minutes or 2^20 envelopes, whatever comes first, and never stored.
 */
public final class Sealer {
  private static final Duration KEY_LIFE = Duration.ofMinutes(10);
  private static final int MOST_ENVELOPES = 1 << 20;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Supplier<HybridEncrypt> receiver;
  private final SecureRandom random = new SecureRandom();
  private volatile WrappedKey current;

  private record WrappedKey(
      HybridEncrypt receiver, DataKey key, String wrapped, long madeAt, AtomicInteger used) {
    boolean worn(HybridEncrypt now) {
      return now != receiver
          || System.nanoTime() - madeAt > KEY_LIFE.toNanos()
          || used.incrementAndGet() > MOST_ENVELOPES;
    }
  }

  private Sealer(Supplier<HybridEncrypt> receiver) {
    this.receiver = receiver;
    this.current = newKey(receiver.get());
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
      return of(Keysets.readSecret(file).getPublicKeysetHandle());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The private keyset has no public half", e);
    }
  }

  /** Seals to the key that the file makes primary at each moment. */
  public static Sealer following(Path file, WatchedFiles files) {
    return to(
        files.watch(file, (name, text) -> encryption(Keysets.parsePublic(name, text)))::current);
  }

  static Sealer of(KeysetHandle publicKeys) {
    HybridEncrypt fixed = encryption(publicKeys);
    return to(() -> fixed);
  }

  static Sealer to(Supplier<HybridEncrypt> receiver) {
    return new Sealer(receiver);
  }

  private static HybridEncrypt encryption(KeysetHandle publicKeys) {
    try {
      return publicKeys.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The public keyset isn't one for hybrid encryption", e);
    }
  }

  /**
   * @param value a record, written as JSON
   * @param boundTo the event it came with; needed to open it
   */
  public Sealed seal(Object value, EventKey boundTo) {
    return sealJson(EventJson.bytes(value), boundTo);
  }

  /** The same of a record that is JSON already. */
  public Sealed sealJson(byte[] plain, EventKey boundTo) {
    WrappedKey key = current;
    HybridEncrypt now = receiver.get();
    if (key.worn(now)) {
      key = newKey(now);
      current = key;
    }
    byte[] box = key.key().encrypt(plain, Binding.to(boundTo));
    return new Sealed(key.wrapped(), BASE64.encodeToString(box));
  }

  private WrappedKey newKey(HybridEncrypt now) {
    byte[] bytes = new byte[DataKey.BYTES];
    random.nextBytes(bytes);
    try {
      String wrapped = BASE64.encodeToString(now.encrypt(bytes, Binding.DATA_KEY));
      return new WrappedKey(
          now, new DataKey(bytes), wrapped, System.nanoTime(), new AtomicInteger());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A data key can't be wrapped", e);
    }
  }
}
