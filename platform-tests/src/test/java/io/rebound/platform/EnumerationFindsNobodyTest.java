package io.rebound.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.IdentifierType;
import io.rebound.pseudonyms.Pepper;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has every table of every database and every Kafka segment, but no key, and tries all
 * telephone numbers of a country. They are enumerated here for one operator's block of 200 000,
 * which the customers' are in; what holds for a block holds for the others, since nothing stored
 * depends on a number but by way of a key that isn't there: a 256-bit pepper is not enumerated.
 */
class EnumerationFindsNobodyTest {
  private static final String BLOCK = "4915160"; // and six digits
  private static final int NUMBERS = 200_000;
  private static final List<Integer> CUSTOMERS = List.of(7, 4_711, 99_999, 123_456, 199_999);

  /**
   * Everything that a stored value of ours could be: runs of letters, digits and base64's signs.
   */
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9+/_-]{10,}");

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path scratch;

  @Test
  void with_all_dumps_but_no_key_no_number_of_a_country_is_found() throws Exception {
    Path data = scratch.resolve("data");
    Set<String> inDatabases;
    Set<String> inKafka;
    try (Platform platform = Platform.start(data, Ports.free(), false, _ -> {})) {
      Installation installation = Installation.quickstart(platform.ports());
      installation.putSegments();
      CUSTOMERS.forEach(number -> installation.post(List.of(purchase(number))));
      Results.settle(installation);
      installation.get(
          platform.ports().identity(), "/v1/persons?phone=%2B" + number(CUSTOMERS.getFirst()));
      inDatabases = databases(platform.ports().postgres());
      inKafka = kafka(platform.ports().kafka(), data.resolve("kafka"));
    }

    var stored = new HashSet<>(inDatabases);
    stored.addAll(inKafka);
    assertThat(found(stored, EnumerationFindsNobodyTest::guessesWithoutKeys)).isEmpty();

    // with the pepper the same search finds them all: it does look where they are
    var pseudonyms = new Pseudonyms(Pepper.read(data.resolve("keys").resolve("pepper.json")));
    BiConsumer<String, Collection<String>> withPepper =
        (number, guess) -> {
          String pseudonym = pseudonyms.of(IdentifierType.PHONE, hex(sha256(number)));
          guess.add(pseudonym.substring(pseudonym.indexOf('.') + 1));
        };
    assertThat(found(inDatabases, withPepper)).containsExactlyElementsOf(CUSTOMERS);
    assertThat(found(inKafka, withPepper)).containsExactlyElementsOf(CUSTOMERS);
    // and it would find what is stored plainly, in any of the forms: each of another number
    Set<String> plain = new HashSet<>();
    Set<Integer> stolen = new TreeSet<>();
    for (int form = 0; form < guesses(number(0)).size(); form++) {
      stolen.add(form * 1_000);
      plain.add(guesses(number(form * 1_000)).get(form));
    }
    assertThat(found(plain, EnumerationFindsNobodyTest::guessesWithoutKeys)).isEqualTo(stolen);
  }

  private static Map<String, Object> purchase(int number) {
    String id = "order-" + number;
    Map<String, Object> traits = Map.of("phone", "+" + number(number), "firstName", "Ada");
    return Map.of(
        "type",
        "track",
        "event",
        "Order Completed",
        "messageId",
        id,
        "userId",
        number(number), // a number is often the account's name
        "timestamp",
        Instant.now().toString(),
        "properties",
        Map.of("order_id", id, "total", 1, "currency", "EUR"),
        "context",
        Map.of("traits", traits));
  }

  private static String number(int number) {
    return BLOCK + "%06d".formatted(number);
  }

  private static Set<Integer> found(
      Set<String> stored, BiConsumer<String, Collection<String>> guesses) {
    var found = new TreeSet<Integer>();
    var guess = new ArrayList<String>();
    for (int number = 0; number < NUMBERS; number++) {
      guess.clear();
      guesses.accept(number(number), guess);
      if (guess.stream().anyMatch(stored::contains)) {
        found.add(number);
      }
    }
    return found;
  }

  private static void guessesWithoutKeys(String number, Collection<String> guess) {
    guess.addAll(guesses(number));
  }

  /** What can be made of a number without a key, in the forms things are written in. */
  private static List<String> guesses(String number) {
    var guesses = new ArrayList<String>();
    for (String written : List.of(number, "+" + number)) {
      guesses.add(written);
      byte[] hash = sha256(written);
      forms(hash, guesses);
      for (String type : List.of("phone", "external_id")) {
        byte[] named = sha256(type + "|" + hex(hash));
        forms(named, guesses);
        // the id of the person that a pseudonym derived so would be
        guesses.add(personId(type, Base64.getUrlEncoder().withoutPadding().encodeToString(named)));
        guesses.add(personId(type, hex(hash)));
        guesses.add(personId(type, written));
      }
    }
    return guesses;
  }

  private static void forms(byte[] hash, Collection<String> forms) {
    forms.add(hex(hash));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(hash));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  /** As identity derives it. */
  private static String personId(String type, String pseudonym) {
    byte[] id = sha256("person|0|" + type + "|" + pseudonym);
    id[6] = (byte) (id[6] & 0x0F | 0x80);
    id[8] = (byte) (id[8] & 0x3F | 0x80);
    String hex = hex(id);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20, 32));
  }

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(() -> {
        try {
          return MessageDigest.getInstance("SHA-256");
        } catch (java.security.GeneralSecurityException e) {
          throw new IllegalStateException(e);
        }
      });

  private static byte[] sha256(String text) {
    return DIGEST.get().digest(text.getBytes(US_ASCII));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Set<String> databases(int port) throws Exception {
    var values = new HashSet<String>();
    new Databases(port).rows((_, row) -> keep(row, values));
    return values;
  }

  /** Every topic's records, which lie compressed in the segments, and the segments themselves. */
  private static Set<String> kafka(int port, Path folder) throws IOException {
    var values = new HashSet<String>();
    new Records("127.0.0.1:" + port).each((_, record) -> keep(text(record), values));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        keep(text(Files.readAllBytes(file)), values);
      }
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static void keep(String text, Set<String> values) {
    Matcher value = VALUE.matcher(text);
    while (value.find()) {
      values.add(value.group());
    }
    Matcher id = ID.matcher(text);
    while (id.find()) {
      values.add(id.group());
    }
    // bytea is written \\x…: then a hash in it begins anywhere
    Matcher bytes = Pattern.compile("\\\\\\\\?x([0-9a-f]+)").matcher(text);
    while (bytes.find()) {
      String all = bytes.group(1);
      for (int at = 0; at + 64 <= all.length(); at += 2) {
        values.add(all.substring(at, at + 64));
      }
    }
  }
}
