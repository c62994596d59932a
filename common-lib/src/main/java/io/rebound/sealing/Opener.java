package io.rebound.sealing;

import com.google.crypto.tink.KeysetHandle;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import io.rebound.startup.WatchedFile;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Opens what was sealed to this service. Data keys are remembered for a while, since thousands of
 * envelopes share one.
 */
public final class Opener {
  private final Supplier<PrivateKeys> own;
  private final BooleanSupplier look;

  private Opener(Supplier<PrivateKeys> own, BooleanSupplier look) {
    this.own = own;
    this.look = look;
  }

  /**
   * @param file this service's private keyset, Tink's JSON; older keys in it open older envelopes
   * @throws io.rebound.startup.Misconfigured naming the file, if it can't be read
   */
  public static Opener fromPrivateKeyset(Path file) {
    return of(Keysets.readSecret(file));
  }

  static Opener of(KeysetHandle privateKeys) {
    PrivateKeys fixed = PrivateKeys.of(privateKeys);
    return new Opener(() -> fixed, () -> false);
  }

  /** Goes by what the file says at each moment. */
  static Opener following(WatchedFile<PrivateKeys> file) {
    return new Opener(file::current, file::look);
  }

  /**
   * @param boundTo the event the envelope came with
   * @throws UnknownSealingKey if it was sealed to somebody else, or to a key of ours that isn't
   *     here yet or any more
   * @throws UnreadableSeal if it came with another event or was changed
   */
  public <T> T open(Sealed sealed, EventKey boundTo, Class<T> type) {
    byte[] plain = opened(sealed, boundTo);
    try {
      return EventJson.MAPPER.readValue(plain, type);
    } catch (JacksonException e) { // its text would quote what is inside
      throw new UnreadableSeal("The envelope doesn't hold what it should");
    }
  }

  /** The same as the JSON it was sealed as. */
  public byte[] opened(Sealed sealed, EventKey boundTo) {
    return keysFor(sealed.key())
        .dataKey(sealed.key())
        .decrypt(Base64Url.decoded(sealed.box()), Binding.to(boundTo));
  }

  private PrivateKeys keysFor(String wrapped) {
    PrivateKeys now = own.get();
    // a door that has seen the new key before us: the file has it already
    if (!now.hold(wrapped) && look.getAsBoolean()) {
      now = own.get();
    }
    if (!now.hold(wrapped)) {
      throw SealingKeyId.of(wrapped).isPresent()
          ? new UnknownSealingKey()
          : new UnreadableSeal("The envelope has no data key");
    }
    return now;
  }

  /** The key that everything should be sealed to by now. */
  public long primaryKey() {
    return own.get().primary();
  }

  /** Seals to the primary key what this service itself keeps. */
  public Sealer toItself() {
    return Sealer.to(() -> own.get().toPrimary());
  }
}
