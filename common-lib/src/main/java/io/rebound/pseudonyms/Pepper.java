package io.rebound.pseudonyms;

import io.rebound.events.EventJson;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The secret that pseudonyms are derived with. Without it nobody finds a person by trying all
 * telephone numbers. It is a secret of ingest, identity and whatsapp.
 *
 * @param primary the id of the key that new pseudonyms are made with
 * @param keys all keys, the retired ones too
 */
public record Pepper(String primary, List<Key> keys) {
  private static final int SHORTEST = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,16}");

  /**
   * @param id stands in clear before every pseudonym made with it: 1-16 letters and digits
   * @param secret at least 32 bytes of UTF-8
   */
  public record Key(String id, String secret) {
    public Key {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException("A pepper key's id has 1 to 16 letters and digits");
      }
      if (bytes(secret).length < SHORTEST) {
        throw new IllegalArgumentException("The pepper key " + id + " is shorter than 32 bytes");
      }
    }

    byte[] secretBytes() {
      return bytes(secret);
    }

    private static byte[] bytes(String secret) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  private record Document(@Nullable String primary, @Nullable List<Key> keys) {}

  public Pepper {
    keys = List.copyOf(keys);
    if (keys.stream().map(Key::id).distinct().count() != keys.size()) {
      throw new IllegalArgumentException("Two pepper keys have the same id");
    }
    if (keys.stream().noneMatch(key -> key.id().equals(primary))) {
      throw new IllegalArgumentException("The pepper has no key of its primary id");
    }
  }

  Key primaryKey() {
    return keys.stream().filter(key -> key.id().equals(primary)).findFirst().orElseThrow();
  }

  /**
   * Reads {@code {"primary":"k1","keys":[{"id":"k1","secret":"…"}]}}.
   *
   * @throws Misconfigured if the file can't be read or isn't that, naming the file
   */
  public static Pepper read(Path file) {
    try {
      Document document = EventJson.MAPPER.readValue(Files.readString(file), Document.class);
      if (document.primary() == null || document.keys() == null) {
        throw new Misconfigured(file + " must hold \"primary\" and \"keys\"");
      }
      return new Pepper(document.primary(), document.keys());
    } catch (IOException e) {
      throw new Misconfigured("The pepper file " + file + " can't be read", e);
    } catch (JacksonException e) { // its text would quote the file
      throw new Misconfigured("The pepper file " + file + " isn't the JSON it should be");
    }
  }
}
