package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Batch;
import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.Message;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.whatsapp.people.FollowPersons;
import io.rebound.whatsapp.people.FollowProfiles;
import io.rebound.whatsapp.people.People;
import io.rebound.whatsapp.people.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is who and what holds for them, whatever the order in which it was told. */
class AliasesTest {
  private static final int PERSONS = 9;

  private final People people = RunningWhatsapp.get().bean(People.class);
  private final FollowPersons persons = RunningWhatsapp.get().bean(FollowPersons.class);
  private final FollowProfiles profiles = RunningWhatsapp.get().bean(FollowProfiles.class);
  private final UUID anna = UUID.randomUUID();
  private final UUID bert = UUID.randomUUID();

  /** The latest alias and statement of each id, and from these plainly who is who. */
  private static final class Oracle {
    private final Map<UUID, PersonEvent> aliases = new HashMap<>();
    private final Map<UUID, Consents> stated = new HashMap<>();

    Oracle(List<PersonEvent> told) {
      for (PersonEvent event : told) { // with ever higher revisions
        switch (event) {
          case PersonsMerged merge -> aliases.put(merge.absorbed(), merge);
          case PersonSplit split -> aliases.put(split.personId(), split);
          case ConsentChanged change -> stated.put(change.personId(), change.consents());
          default -> throw new AssertionError(event);
        }
      }
    }

    UUID now(UUID id) {
      UUID end = id;
      while (aliases.get(end) instanceof PersonsMerged merge) {
        end = merge.survivor();
      }
      return end;
    }

    @Nullable Consents consents(UUID id) {
      return stated.keySet().stream()
          .filter(other -> now(other).equals(now(id)))
          .map(stated::get)
          .reduce(Consents::orNewer)
          .orElse(null);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void merges_and_splits_in_any_order_come_to_the_same(long seed) {
    var random = new Random(seed);
    List<UUID> ids = IntStream.range(0, PERSONS).mapToObj(_ -> UUID.randomUUID()).toList();
    List<PersonEvent> told = new ArrayList<>();
    for (long revision = 1; revision <= 40; revision++) {
      told.add(tell(ids, revision, random));
    }
    var oracle = new Oracle(told);

    List<PersonEvent> delivered = new ArrayList<>(told);
    delivered.addAll(told.subList(0, 10));
    Collections.shuffle(delivered, random);
    for (int from = 0; from < delivered.size(); from += 3) {
      consume(delivered.subList(from, Math.min(from + 3, delivered.size())));
    }

    for (UUID id : ids) {
      Recipient recipient = people.recipient(id);
      Consents consents = oracle.consents(id);
      assertThat(recipient.survivor()).isEqualTo(oracle.now(id));
      assertThat(recipient.allowsMessages()).isEqualTo(consents != null && consents.messaging());
    }
  }

  private static PersonEvent tell(List<UUID> ids, long revision, Random random) {
    int larger = 1 + random.nextInt(ids.size() - 1);
    UUID one = ids.get(larger);
    UUID other = ids.get(random.nextInt(larger)); // never round in a circle
    return switch (random.nextInt(4)) {
      case 0 -> new PersonSplit(one, other, revision, Instant.EPOCH);
      case 1 ->
          new ConsentChanged(
              random.nextBoolean() ? one : other,
              new Consents(true, true, random.nextBoolean(), revision),
              Instant.EPOCH);
      default -> new PersonsMerged(one, other, revision, Instant.EPOCH);
    };
  }

  @Test
  void of_two_statements_of_one_revision_the_no_holds() {
    consume(List.of(stated(anna, true, 5), stated(bert, false, 5), merged(2)));
    assertThat(allows(anna)).isFalse();
  }

  @Test
  void a_profile_says_who_is_whose_alias_until_it_is_told_itself() {
    consume(profile(1, anna));
    assertThat(now()).isEqualTo(anna);
    consume(profile(2, null)); // a service that starts from profiles never saw the split
    assertThat(now()).isEqualTo(bert);

    consume(List.of(merged(7)));
    consume(profile(3, null)); // its split is on the way
    assertThat(now()).isEqualTo(anna);
    consume(List.of(new PersonSplit(bert, anna, 8, Instant.EPOCH)));
    consume(profile(4, anna)); // of a merge that is on the way
    assertThat(now()).isEqualTo(bert);
    consume(List.of(merged(9)));
    assertThat(now()).isEqualTo(anna);
  }

  private UUID now() {
    return people.recipient(bert).survivor();
  }

  private boolean allows(UUID person) {
    return people.recipient(person).allowsMessages();
  }

  private PersonsMerged merged(long revision) {
    return new PersonsMerged(bert, anna, revision, Instant.EPOCH);
  }

  private static ConsentChanged stated(UUID person, boolean messaging, long revision) {
    return new ConsentChanged(person, new Consents(true, true, messaging, revision), Instant.EPOCH);
  }

  private Profile profile(long revision, @Nullable UUID absorbedBy) {
    return new Profile(
        bert,
        revision,
        Instant.EPOCH,
        absorbedBy,
        List.of(),
        List.of(),
        List.of(),
        null,
        new Consents(false, false, false, 0));
  }

  private void consume(List<PersonEvent> events) {
    persons.handle(batch(events));
  }

  private void consume(Profile profile) {
    profiles.handle(batch(List.of(profile)));
  }

  private static <T extends Message> Batch<T> batch(List<T> messages) {
    return new Batch<>(messages, Instant.EPOCH, false);
  }
}
