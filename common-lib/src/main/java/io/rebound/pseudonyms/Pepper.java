package io.rebound.pseudonyms;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rebound.events.EventJson;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The secret that pseudonyms are derived with. Without it nobody finds a person by trying all
 * telephone numbers. It is a secret of ingest, identity and whatsapp.
 *
 * <p>While it rotates there are several keys, and an event carries a pseudonym of each, so that
 * identity sees that the old and the new one are the same person.
 *
 * @param primary the id of the key whose pseudonym stands first
 * @param keys all keys, the retired ones too
 */
public record Pepper(String primary, List<Key> keys) {
  private static final int SHORTEST = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,16}");

  /**
   * @param id stands in clear before every pseudonym made with it: 1-16 letters and digits
   * @param secret at least 32 bytes of UTF-8
   * @param retiredAt what happened before that moment still gets this key's pseudonym: it may be
   *     somebody's who was erased under it. What happens later doesn't. Null while the key lives
   */
  public record Key(
      String id,
      String secret,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant retiredAt) {
    public Key {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException("A pepper key's id has 1 to 16 letters and digits");
      }
      if (bytes(secret).length < SHORTEST) {
        throw new IllegalArgumentException("The pepper key " + id + " is shorter than 32 bytes");
      }
    }

    public Key(String id, String secret) {
      this(id, secret, null);
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
    if (keys.stream().noneMatch(key -> key.id().equals(primary) && key.retiredAt() == null)) {
      throw new IllegalArgumentException("The pepper has no living key of its primary id");
    }
  }

  Key primaryKey() {
    return keys.stream().filter(key -> key.id().equals(primary)).findFirst().orElseThrow();
  }

  List<Key> otherKeys() {
    return keys.stream().filter(key -> !key.id().equals(primary)).toList();
  }

  /**
   * Reads {@code {"primary":"k1","keys":[{"id":"k1","secret":"…"}]}}.
   *
   * @throws Misconfigured if the file can't be read or isn't that, naming the file
   */
  public static Pepper read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new Misconfigured("The pepper file " + file + " can't be read", e);
    }
  }

  /**
   * The same of a text that has been read.
   *
   * @param file only named in exceptions
   */
  public static Pepper parse(Path file, String text) {
    try {
      Document document = EventJson.MAPPER.readValue(text, Document.class);
      if (document == null || document.primary() == null || document.keys() == null) {
        throw new Misconfigured(file + " must hold \"primary\" and \"keys\"");
      }
      return new Pepper(document.primary(), document.keys());
    } catch (JacksonException e) { // its text would quote the file
      throw new Misconfigured("The pepper file " + file + " isn't the JSON it should be");
    } catch (IllegalArgumentException e) {
      throw new Misconfigured(file + ": " + e.getMessage());
    }
  }
}
