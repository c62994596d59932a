package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.CAPIGatewayEndpoint;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.UserData;
import com.facebook.ads.utils.ServerSideApiUtil;
import io.rebound.events.Contact;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.sealing.Opener;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person is the same whether a value comes raw or hashed by Meta's SDK, in whatever letters, and
 * by whichever door.
 */
class SamePersonAtEveryDoorTest {
  private static final int PERSONS = 10;
  private static final APIContext NOT_ASKED =
      new APIContext("https://graph.example", "", "v26.0", "unused", null, "1", false);
  private final RunningIngest ingest = RunningIngest.get();
  private final Random random = new Random(20261127);

  @Test
  void an_address_is_who_it_is_raw_or_hashed() {
    for (int i = 0; i < PERSONS; i++) {
      String raw = " " + letters(8) + "." + letters(5) + "+" + letters(3) + "@Shop.Example";
      String hash = sdk(raw, "em");
      String known = identifierOf("em", raw, IdentifierType.EMAIL).iterator().next();

      for (String form : List.of(hash, hash.toUpperCase(Locale.ROOT), hash + ".AQMCAQMA")) {
        assertThat(identifierOf("em", form, IdentifierType.EMAIL)).as(raw).containsExactly(known);
        assertThat(trackedAs("email", form, IdentifierType.EMAIL)).containsExactly(known);
      }
      assertThat(trackedAs("email", raw, IdentifierType.EMAIL)).containsExactly(known);
    }
  }

  /** The SDK hashes a number with its plus, the documents without: a raw one is known by both. */
  @Test
  void a_number_is_who_it_is_raw_or_hashed_with_or_without_its_plus() {
    for (int i = 0; i < PERSONS; i++) {
      String digits = "49151" + (10_000_000 + random.nextInt(89_999_999));
      Set<String> known = identifierOf("ph", "+" + digits, IdentifierType.PHONE);

      assertThat(known).hasSize(2);
      assertThat(trackedAs("phone", "0" + digits.substring(2), IdentifierType.PHONE))
          .isEqualTo(known);
      for (String hashed : List.of(sdk("+" + digits, "ph"), sdk(digits, "ph"))) {
        assertThat(known).containsAll(identifierOf("ph", hashed, IdentifierType.PHONE));
        assertThat(known).containsAll(trackedAs("phone", hashed, IdentifierType.PHONE));
      }
      assertThat(identifierOf("ph", sdk("+" + digits, "ph"), IdentifierType.PHONE))
          .doesNotContainAnyElementsOf(identifierOf("ph", sdk(digits, "ph"), IdentifierType.PHONE));
    }
  }

  /** The SDK sends it as it is; hashed by the shop it is the same account, in its own letters. */
  @Test
  void an_external_id_is_who_it_is_raw_or_hashed() {
    for (int i = 0; i < PERSONS; i++) {
      String raw = "User-" + random.nextInt(1_000_000);
      String hash = ServerSideApiUtil.hash(raw);
      Set<String> known = identifierOf("external_id", raw, IdentifierType.EXTERNAL_ID);

      assertThat(identifierOf("external_id", hash, IdentifierType.EXTERNAL_ID)).isEqualTo(known);
      assertThat(
              identifierOf(
                  "external_id", hash.toUpperCase(Locale.ROOT), IdentifierType.EXTERNAL_ID))
          .isEqualTo(known);
      assertThat(
              identifierOf("external_id", raw.toLowerCase(Locale.ROOT), IdentifierType.EXTERNAL_ID))
          .isNotEqualTo(known);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country"})
  void a_hashed_key_reaches_meta_as_it_was_at_both_doors(String key) {
    String hash = ServerSideApiUtil.hash(letters(12));
    String viaMeta = sent("\"external_id\":\"u\",\"%s\":[\"%s\"]".formatted(key, upper(hash)));
    assertThat(ingest.matchKeys(viaMeta)).containsEntry(key, List.of(hash));

    String trait =
        Map.of(
                "em",
                "email",
                "ph",
                "phone",
                "fn",
                "firstName",
                "ln",
                "lastName",
                "db",
                "birthday",
                "ge",
                "gender",
                "ct",
                "city",
                "st",
                "state",
                "zp",
                "zip",
                "country",
                "country")
            .get(key);
    assertThat(ingest.matchKeys(tracked(trait, upper(hash)))).containsEntry(key, List.of(hash));
  }

  @Test
  void nobody_is_greeted_by_a_hash() {
    String hash = ServerSideApiUtil.hash("joe");
    String id = UUID.randomUUID().toString();
    ingest.post(
        "/v1/identify",
        "{\"messageId\":\"%s\",\"userId\":\"u\",\"traits\":{\"phone\":\"+4915112345678\",\"firstName\":\"%s\"}}"
            .formatted(id, hash));
    String viaMeta = sent("\"ph\":\"+4915112345678\",\"fn\":\"%s\"".formatted(hash));

    for (String one : List.of(id, viaMeta)) {
      TrackedEvent event = ingest.event(one);
      assertThat(
              Opener.fromPrivateKeyset(ingest.keys().resolve("whatsapp.private.json"))
                  .open(event.contact(), event.key(), Contact.class))
          .isEqualTo(new Contact("+4915112345678", null, null));
    }
  }

  /** What the SDK itself puts on the wire, hashed on its way, against the raw value. */
  @Test
  void what_the_sdk_sends_is_the_person_of_the_raw_values() throws Exception {
    for (int i = 0; i < PERSONS; i++) {
      String email = letters(9) + "@shop.example";
      String number = "+49151" + (10_000_000 + random.nextInt(89_999_999));
      String account = "u-" + random.nextInt(1_000_000);
      String id = UUID.randomUUID().toString();
      new CAPIGatewayEndpoint(ingest.at(""), RunningIngest.WRITE_KEY)
          .sendEvent(
              NOT_ASKED,
              "1000000001",
              List.of(
                  new Event()
                      .eventName("Lead")
                      .eventId(id)
                      .eventTime(Instant.now().getEpochSecond())
                      .actionSource(ActionSource.website)
                      .userData(new UserData().email(email).phone(number).externalId(account))));
      TrackedEvent raw =
          ingest.event(
              sent(
                  "\"em\":\"%s\",\"ph\":\"%s\",\"external_id\":\"%s\""
                      .formatted(email, number, account)));

      assertThat(raw.identifiers()).containsAll(ingest.event(id).identifiers());
      assertThat(ingest.event(id).identifiers()).hasSize(3);
    }
  }

  private Set<String> identifierOf(String key, String value, IdentifierType type) {
    return of(sent("\"%s\":\"%s\"".formatted(key, value)), type);
  }

  private Set<String> trackedAs(String trait, String value, IdentifierType type) {
    return of(tracked(trait, value), type);
  }

  private Set<String> of(String id, IdentifierType type) {
    return ingest.event(id).identifiers().stream()
        .filter(identifier -> identifier.type() == type)
        .map(Identifier::pseudonym)
        .collect(Collectors.toSet());
  }

  private String tracked(String trait, String value) {
    String id = UUID.randomUUID().toString();
    ingest.post(
        "/v1/identify",
        "{\"messageId\":\"%s\",\"userId\":\"u\",\"traits\":{\"%s\":\"%s\"}}"
            .formatted(id, trait, value));
    return id;
  }

  private String sent(String userData) {
    String id = UUID.randomUUID().toString();
    String body =
        "{\"data\":[{\"event_name\":\"Lead\",\"event_time\":%d,\"event_id\":\"%s\",\"action_source\":\"website\",\"user_data\":{%s}}]}"
            .formatted(Instant.now().getEpochSecond(), id, userData);
    ingest.post(
        "/v1/events",
        body.getBytes(UTF_8),
        Map.of("Authorization", "Bearer " + RunningIngest.WRITE_KEY));
    return id;
  }

  private static String sdk(String raw, String key) {
    return ServerSideApiUtil.hash(ServerSideApiUtil.normalize(raw, key));
  }

  private static String upper(String hash) {
    return hash.toUpperCase(Locale.ROOT);
  }

  private String letters(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            _ -> String.valueOf((char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(26))))
        .collect(Collectors.joining());
  }
}
