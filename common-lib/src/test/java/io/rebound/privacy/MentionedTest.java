package io.rebound.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventMoved;
import io.rebound.events.Message;
import io.rebound.events.MessageIntent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.SegmentMembership;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MentionedTest {
  private static final UUID ERASED = UUID.nameUUIDFromBytes(new byte[] {1});
  private static final UUID OTHER = UUID.nameUUIDFromBytes(new byte[] {2});
  private static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");
  private static final Consents NONE = new Consents(false, false, false, 1);

  static Stream<Message> aboutThemselvesOrTheirOtherSelf() {
    return Stream.of(
        new ConsentChanged(ERASED, NONE, AT),
        new PersonsMerged(ERASED, OTHER, 1, AT),
        new PersonsMerged(OTHER, ERASED, 1, AT),
        new PersonSplit(ERASED, OTHER, 2, AT),
        new PersonSplit(OTHER, ERASED, 2, AT),
        new EventMoved("shop", "e", OTHER, ERASED, 3, AT),
        profile(ERASED, null),
        profile(ERASED, OTHER),
        profile(OTHER, ERASED),
        new SegmentMembership(ERASED, "best", true, true, 1, AT),
        new MessageIntent("m.1", ERASED, "carts", AT));
  }

  @ParameterizedTest
  @MethodSource("aboutThemselvesOrTheirOtherSelf")
  void what_is_about_somebody_erased_goes_no_further(Message message) {
    assertThat(Mentioned.without(Set.of(ERASED), message)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("aboutThemselvesOrTheirOtherSelf")
  void where_nobody_is_erased_everything_goes_on_as_it_is(Message message) {
    UUID somebody = UUID.nameUUIDFromBytes(new byte[] {3});
    assertThat(Mentioned.without(Set.of(somebody), message)).contains(message);
  }

  @Test
  void an_event_that_was_taken_from_somebody_erased_goes_on_without_naming_them() {
    var moved = new EventMoved("shop", "e", ERASED, OTHER, 3, AT);

    assertThat(Mentioned.without(Set.of(ERASED), moved))
        .contains(new EventMoved("shop", "e", OTHER, OTHER, 3, AT));
  }

  private static Profile profile(UUID person, @Nullable UUID absorbedBy) {
    return new Profile(person, 1, AT, absorbedBy, List.of(), List.of(), List.of(), null, NONE);
  }
}
