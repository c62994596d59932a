package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.sightings.Generations;
import io.rebound.identity.sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Why somebody is one person, and an operator who knows better. */
class SplitTest {
  private static final Instant NOW = Story.START.plus(Duration.ofDays(70));
  private static final Identifier ANNAS = new Identifier(IdentifierType.EMAIL, "anna");
  private static final Identifier BENS = new Identifier(IdentifierType.EXTERNAL_ID, "ben");
  private static final Identifier TABLET = new Identifier(IdentifierType.ANONYMOUS_ID, "tablet");

  private final RunningIdentity identity = RunningIdentity.get();
  private final World world = new World();

  @BeforeEach
  void nothingSeen() {
    identity.forgetEverything();
  }

  @Test
  void a_link_says_what_was_seen_together_and_where_first() {
    world.handle(mistaken().events(), NOW);
    UUID person = owner("typo");

    JsonNode links = why(person);
    assertThat(links.size()).isEqualTo(2);
    JsonNode typo =
        links
            .valueStream()
            .filter(link -> link.path("identifiers").size() == 2)
            .toList()
            .getFirst();
    assertThat(typo.path("undone").booleanValue()).isFalse();
    JsonNode all = identity("/v1/persons/" + person + "/why?limit=1");
    assertThat(all.path("next").asString())
        .isEqualTo(all.path("data").path(0).path("link_id").asString());
    assertThat(
            identity("/v1/persons/" + person + "/why?limit=1&after=" + all.path("next").asString())
                .path("data")
                .size())
        .isEqualTo(1);
    assertThat(identity.get("/v1/persons/" + UUID.randomUUID() + "/why").statusCode())
        .isEqualTo(404);
  }

  @Test
  void an_undone_link_splits_the_person_stays_undone_and_can_be_restored() {
    Story story = mistaken();
    world.handle(story.events(), NOW);
    UUID person = owner("typo");
    assertThat(owner("anna's")).isEqualTo(owner("ben's")).isEqualTo(person);
    UUID link = evidence(story, "typo");

    split(person, List.of(link), 202);
    await().untilAsserted(() -> assertThat(owner("anna's")).isNotEqualTo(owner("ben's")));

    assertThat(owner("typo")).isEqualTo(owner("ben's")); // by the stronger of the two
    assertThat(owner("on the tablet")).isEqualTo(owner("ben's"));
    // seen once more it still proves nothing
    world.handle(
        new Story().add("typo again", Duration.ofHours(9), Set.of(ANNAS, BENS), Map.of()).events(),
        NOW);
    assertThat(owner("anna's")).isNotEqualTo(owner("ben's"));
    assertThat(why(owner("ben's")).valueStream())
        .anyMatch(one -> one.path("undone").booleanValue());

    assertThat(
            identity
                .post("/v1/persons/" + owner("ben's") + "/links/" + link + "/restore", "")
                .statusCode())
        .isEqualTo(202);
    await().untilAsserted(() -> assertThat(owner("anna's")).isEqualTo(owner("ben's")));
    assertThat(owner("anna's")).isEqualTo(person);
    JsonNode audit = identity("/v1/audit?subject=person:" + person).path("data");
    assertThat(audit.valueStream().map(entry -> entry.path("action").asString()))
        .contains("person.split");
  }

  @Test
  void only_links_of_the_person_are_undone_and_only_for_a_reason() {
    Story story = mistaken();
    world.handle(story.events(), NOW);
    UUID person = owner("typo");

    split(person, List.of(UUID.randomUUID()), 400);
    split(person, List.of(), 400);
    String body = "{\"links\":[\"%s\"],\"reason\":\"joe@eg.com asked\"}";
    assertThat(
            identity
                .post("/v1/persons/" + person + "/split", body.formatted(evidence(story, "typo")))
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void what_is_left_is_as_if_the_link_had_never_been(long seed) {
    Story story = Story.random(seed);
    world.handle(story.events(), NOW);
    TrackedEvent linking =
        story.events().stream()
            .filter(event ->
                event.identifiers().stream()
                        .filter(one -> one.type().strong() && !one.role())
                        .distinct()
                        .count()
                    > 1)
            .findFirst()
            .orElse(story.events().getFirst());
    UUID person = Exported.owners().get(linking.key());
    UUID link = Sighting.of(linking, Generations.first(linking.identifiers())).evidence();
    if (person == null
        || identity("/v1/persons/" + person + "/why?limit=1000")
            .path("data")
            .valueStream()
            .noneMatch(one -> one.path("link_id").asString().equals(link.toString()))) {
      return; // a story without a link
    }

    split(person, List.of(link), 202);

    Map<EventKey, Set<?>> expected =
        new Oracle(story.events(), RunningIdentity.MOST_OTHERS, Set.of(Oracle.all(linking)))
            .clusters();
    await().untilAsserted(() -> AnyOrderTest.assertSamePeople(exported(), expected));
  }

  /** Somebody at the counter wrote Anna's address into Ben's account. */
  private static Story mistaken() {
    return new Story()
        .add("anna's", Duration.ofHours(1), Set.of(ANNAS), Map.of())
        .add("ben's", Duration.ofHours(2), Set.of(BENS, TABLET), Map.of())
        .add("on the tablet", Duration.ofHours(3), Set.of(TABLET), Map.of())
        .add("typo", Duration.ofHours(4), Set.of(ANNAS, BENS), Map.of());
  }

  private static UUID evidence(Story story, String id) {
    return story.events().stream()
        .filter(event -> event.eventId().equals(id))
        .map(event -> Sighting.of(event, Generations.first(event.identifiers())).evidence())
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable UUID owner(String event) {
    return Exported.owners().get(new EventKey("shop", event));
  }

  /** Nobody's events are each a person of its own. */
  private static Map<EventKey, UUID> exported() {
    var owners = new HashMap<EventKey, UUID>();
    Exported.owners()
        .forEach((key, person) ->
            owners.put(
                key, person == null ? io.rebound.identity.sightings.PersonIds.of(key) : person));
    return owners;
  }

  private JsonNode why(UUID person) {
    return identity("/v1/persons/" + person + "/why").path("data");
  }

  private JsonNode identity(String path) {
    var response = identity.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return EventJson.MAPPER.readTree(response.body());
  }

  private void split(UUID person, List<UUID> links, int status) {
    String body =
        EventJson.MAPPER.writeValueAsString(Map.of("links", links, "reason", "TICKET-4711"));
    var response = identity.post("/v1/persons/" + person + "/split", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
  }
}
