package io.rebound.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.core.JacksonException;

/**
 * Opens what was sealed to this service. Data keys are remembered for a while, since thousands of
 * envelopes share one.
 */
public final class Opener {
  private static final int REMEMBERED_KEYS = 10_000;
  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  private final HybridDecrypt own;
  private final Cache<String, DataKey> dataKeys =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_KEYS)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  private Opener(HybridDecrypt own) {
    this.own = own;
  }

  /**
   * @param file this service's private keyset, Tink's JSON; older keys in it open older envelopes
   * @throws io.rebound.startup.Misconfigured naming the file, if it can't be read
   */
  public static Opener fromPrivateKeyset(Path file) {
    return of(Keysets.readPrivate(file));
  }

  static Opener of(KeysetHandle privateKeys) {
    try {
      return new Opener(privateKeys.getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The private keyset isn't one for hybrid encryption", e);
    }
  }

  /**
   * @param boundTo the event the envelope came with
   * @throws UnreadableSeal if it was sealed to somebody else, came with another event or was
   *     changed
   */
  public <T> T open(Sealed sealed, EventKey boundTo, Class<T> type) {
    byte[] plain =
        dataKeys
            .get(sealed.key(), this::unwrap)
            .decrypt(decoded(sealed.box()), Binding.to(boundTo));
    try {
      return EventJson.MAPPER.readValue(plain, type);
    } catch (JacksonException e) { // its text would quote what is inside
      throw new UnreadableSeal("The envelope doesn't hold what it should");
    }
  }

  private DataKey unwrap(String wrapped) {
    try {
      return new DataKey(own.decrypt(decoded(wrapped), Binding.DATA_KEY));
    } catch (GeneralSecurityException e) {
      throw new UnreadableSeal("The envelope's data key was wrapped to a key we don't have");
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return BASE64.decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnreadableSeal("The envelope isn't base64url");
    }
  }
}
