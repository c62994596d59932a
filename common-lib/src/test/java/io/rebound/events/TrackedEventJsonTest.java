package io.rebound.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data binding is the oracle of what is written without it. */
class TrackedEventJsonTest {
  private static final long SEED = 20_261_127;
  private static final int EVENTS = 20_000;
  private static final String[] TEXTS = {
    "", "Product Viewed", "sku-1", "\"quoted\" and \\ back", "line\nfeed\ttab",
        "\u0000\u001f\u007f",
    "Grüße", "日本語", "smile \ud83d\ude00", "\u2028</script>", "\u0080\u00ff", "~ !"
  };

  private final Random random = new Random(SEED);

  @Test
  void every_event_is_written_as_data_binding_writes_it() {
    for (int number = 0; number < EVENTS; number++) {
      TrackedEvent event = event();

      assertThat(EventJson.bytes(event))
          .as("event %d of seed %d", number, SEED)
          .asString()
          .isEqualTo(EventJson.MAPPER.writeValueAsString(event));
    }
  }

  @Test
  void every_envelope_of_match_keys_is_written_as_data_binding_writes_it() {
    for (int number = 0; number < EVENTS; number++) {
      var values = new HashMap<String, List<String>>();
      for (int key = random.nextInt(5); key > 0; key--) {
        values.put("key" + key, texts());
      }
      var keys = new MatchKeys(values);

      assertThat(EventJson.bytes(keys))
          .as("envelope %d of seed %d", number, SEED)
          .asString()
          .isEqualTo(EventJson.MAPPER.writeValueAsString(keys));
    }
  }

  @Test
  void a_text_longer_than_any_buffer_is_written_whole() {
    var keys = new MatchKeys(Map.of("fn", List.of("a".repeat(300_000), "ä".repeat(300_000))));

    assertThat(EventJson.bytes(keys)).isEqualTo(EventJson.MAPPER.writeValueAsBytes(keys));
    assertThat(EventJson.bytes(new MatchKeys(Map.of()))).asString().isEqualTo("{}");
  }

  @Test
  void every_time_is_written_as_java_writes_it() {
    for (int number = 0; number < EVENTS; number++) {
      Instant time = time();

      assertThat(InstantText.of(time)).as("seed %d", SEED).isEqualTo(time.toString());
    }
    for (Instant edge :
        List.of(
            Instant.EPOCH,
            Instant.MIN,
            Instant.MAX,
            Instant.parse("0000-01-01T00:00:00Z"),
            Instant.parse("-0001-12-31T23:59:59.999999999Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.parse("2024-02-29T12:00:00.000001Z"))) {
      assertThat(InstantText.of(edge)).isEqualTo(edge.toString());
    }
  }

  private TrackedEvent event() {
    return new TrackedEvent(
        text(),
        text(),
        text(),
        time(),
        time(),
        one(ActionSource.values()),
        maybe(text()),
        identifiers(),
        new ConsentStatement(
            choices(), choices(), maybe(one(ConsentForm.values())), maybe(proof())),
        maybe(sealed()),
        maybe(sealed()),
        maybe(sealed()),
        object(0),
        random.nextBoolean() ? Map.of() : object(0),
        maybe(sealed()),
        maybe(time()),
        maybe(one(KeptBack.values())));
  }

  private ConsentProof proof() {
    return new ConsentProof(maybe("2026-03"), maybe("telephone"), maybe("call-17"), maybe("ops"));
  }

  private List<Identifier> identifiers() {
    var identifiers = new ArrayList<Identifier>();
    for (int more = random.nextInt(4); more >= 0; more--) {
      identifiers.add(
          new Identifier(one(IdentifierType.values()), "k1." + base64(), random.nextBoolean()));
    }
    return identifiers;
  }

  private Map<Purpose, Boolean> choices() {
    var choices = new HashMap<Purpose, Boolean>();
    Arrays.stream(Purpose.values())
        .filter(_ -> random.nextInt(3) == 0)
        .forEach(purpose -> choices.put(purpose, random.nextBoolean()));
    return choices;
  }

  private Sealed sealed() {
    return new Sealed(base64(), base64());
  }

  private String base64() {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private Map<String, Object> object(int depth) {
    var object = new LinkedHashMap<String, Object>();
    for (int more = random.nextInt(6); more > 0; more--) {
      object.put(text(), value(depth));
    }
    return object;
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 2 ? 9 : 11)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 15);
      case 3 -> random.nextBoolean();
      case 4 -> random.nextDouble();
      case 5 -> EventJson.MAPPER.createObjectNode().put(text(), text());
      case 6 -> null;
      case 7, 8 -> text();
      case 9 -> object(depth + 1);
      default -> list(depth + 1);
    };
  }

  private List<@Nullable Object> list(int depth) {
    var list = new ArrayList<@Nullable Object>();
    for (int more = random.nextInt(4); more > 0; more--) {
      list.add(value(depth));
    }
    return list;
  }

  private List<String> texts() {
    var texts = new ArrayList<String>();
    for (int more = random.nextInt(4); more > 0; more--) {
      texts.add(text());
    }
    return texts;
  }

  private String text() {
    String text = one(TEXTS);
    return random.nextInt(50) == 0 ? text.repeat(500) : text;
  }

  private Instant time() {
    long second = random.nextInt(20) == 0 ? random.nextLong(1L << 40) : random.nextInt() * 2L;
    int[] steps = {1_000_000_000, 1_000_000, 1000, 1};
    int step = steps[random.nextInt(steps.length)];
    return Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / step * step);
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextBoolean() ? value : null;
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
