package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that too many people use links nobody, whatever it had linked before. */
class GuardRailsTest {
  private static final Instant NOW = Story.START.plus(Duration.ofDays(70));

  private final RunningIdentity identity = RunningIdentity.get();
  private final World world = new World();
  private int events;

  @BeforeEach
  void nothingSeen() {
    identity.forgetEverything();
  }

  @ParameterizedTest
  @EnumSource(
      value = IdentifierType.class,
      names = {"EMAIL", "PHONE", "WA_USER_ID", "LOYALTY_CARD", "ANONYMOUS_ID", "FBP", "MADID"})
  void at_the_limit_a_value_links_and_beyond_it_nobody(IdentifierType type) {
    String value =
        type == IdentifierType.PHONE
            ? "+48503004043"
            : type == IdentifierType.EMAIL
                ? "desk@shop.example"
                : type == IdentifierType.FBP ? "fb.1.1767661512558.3049708793" : "desk";
    for (int n = 0; n < RunningIdentity.MOST_OTHERS; n++) {
      told(identifiers(type, value), identifiers(IdentifierType.EXTERNAL_ID, "customer-" + n));
    }
    assertThat(find(type, value).statusCode()).isEqualTo(200);
    assertThat(people()).hasSize(type.strong() ? 1 : RunningIdentity.MOST_OTHERS);

    told(identifiers(type, value), identifiers(IdentifierType.EXTERNAL_ID, "one-more"));

    assertThat(find(type, value).statusCode()).isEqualTo(404);
    assertThat(find(type, value).body()).contains("urn:rebound:problem:blocked-identifier");
    assertThat(people()).hasSize(RunningIdentity.MOST_OTHERS + 1);
    told(identifiers(type, value)); // alone it is nobody's from now on
    assertThat(Exported.owners()).containsValue(null);
  }

  @Test
  void telephone_numbers_count_once_though_they_have_two_pseudonyms() {
    var random = new Random(3);
    for (int n = 0; n < RunningIdentity.MOST_OTHERS; n++) {
      told(
          identifiers(IdentifierType.EMAIL, "family@shop.example"),
          identifiers(IdentifierType.PHONE, "+4850" + (3_000_000 + random.nextInt(6_000_000))));
    }
    assertThat(find(IdentifierType.EMAIL, "family@shop.example").statusCode()).isEqualTo(200);
    told(
        identifiers(IdentifierType.EMAIL, "family@shop.example"),
        identifiers(IdentifierType.PHONE, "+48509999999"));
    assertThat(find(IdentifierType.EMAIL, "family@shop.example").statusCode()).isEqualTo(404);
  }

  @Test
  void a_roles_address_links_nobody_and_says_so() {
    Set<Identifier> role = new HashSet<>();
    identifiers(IdentifierType.EMAIL, "info@shop.example")
        .forEach(one -> role.add(new Identifier(one.type(), one.pseudonym(), true)));
    told(role, identifiers(IdentifierType.EXTERNAL_ID, "anna"));
    told(role, identifiers(IdentifierType.EXTERNAL_ID, "ben"));
    told(role);

    assertThat(people()).hasSize(3); // Anna, Ben and null
    assertThat(find(IdentifierType.EMAIL, "info@shop.example").body())
        .contains("urn:rebound:problem:role-identifier");
  }

  @Test
  void an_address_that_turns_out_to_be_a_roles_lets_go_of_whom_it_joined() {
    Set<Identifier> address = identifiers(IdentifierType.EMAIL, "office@shop.example");
    told(address, identifiers(IdentifierType.EXTERNAL_ID, "anna"));
    told(address, identifiers(IdentifierType.EXTERNAL_ID, "ben"));
    assertThat(people()).hasSize(1);
    Set<Identifier> role = new HashSet<>();
    address.forEach(one -> role.add(new Identifier(one.type(), one.pseudonym(), true)));

    told(role);

    assertThat(people()).hasSize(3);
    told(address, identifiers(IdentifierType.EXTERNAL_ID, "clara")); // came hashed: unmarked
    assertThat(people()).hasSize(4);
  }

  @Test
  void who_was_said_to_be_one_is_said_to_be_several_and_receivers_come_to_the_same() {
    for (int n = 0; n <= RunningIdentity.MOST_OTHERS; n++) {
      told(
          identifiers(IdentifierType.EMAIL, "desk@shop.example"),
          identifiers(IdentifierType.EXTERNAL_ID, "customer-" + n));
      told(identifiers(IdentifierType.EXTERNAL_ID, "customer-" + n));
    }

    Map<io.rebound.events.EventKey, UUID> heard = world.owners();
    assertThat(heard).isEqualTo(Exported.owners());
    assertThat(new HashSet<>(heard.values())).hasSize(RunningIdentity.MOST_OTHERS + 1);
    assertThat(identity.get("/actuator/prometheus").body())
        .contains("rebound_identity_splits_total", "rebound_identity_nobodys_events_total");
  }

  private Set<UUID> people() {
    return new HashSet<>(Exported.owners().values());
  }

  @SafeVarargs
  private void told(Set<Identifier>... identifiers) {
    Set<Identifier> all = new HashSet<>();
    for (Set<Identifier> some : identifiers) {
      all.addAll(some);
    }
    List<TrackedEvent> one =
        new Story().add("e" + events, Duration.ofHours(events), all, Map.of()).events();
    events++;
    world.handle(one, NOW);
  }

  private Set<Identifier> identifiers(IdentifierType type, String raw) {
    Set<Identifier> identifiers = new HashSet<>();
    IdentifierHashes.of(type, raw, Locality.unknown())
        .forEach(hash ->
            identifiers.add(new Identifier(type, identity.bean(Pseudonyms.class).of(type, hash))));
    return identifiers;
  }

  private java.net.http.HttpResponse<String> find(IdentifierType type, String value) {
    return identity.get(
        "/v1/persons?" + type.wireName() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
