package io.rebound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to the chain is found, at the link it was done to. */
class TamperingTest {
  private static final Principal OPS = () -> "ops";
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.000001Z");
  private static final String SALT = "00112233445566778899aabbccddeeff";
  private static final String OTHER_HASH = "f".repeat(64);

  static Stream<Long> seeds() {
    Long given = Long.getLong("seed");
    return given != null ? Stream.of(given) : new Random().longs(100).boxed();
  }

  @ParameterizedTest(name = "seed={0}")
  @MethodSource("seeds")
  void a_change_of_any_field_of_any_link_is_found_at_that_link(long seed) {
    var random = new SplittableRandom(seed);
    List<AuditLink> chain = chain(random);
    int at = random.nextInt(chain.size());
    AuditLink link = chain.get(at);
    for (AuditLink changed : changes(link)) {
      var tampered = new ArrayList<>(chain);
      tampered.set(at, changed);
      assertThat(verify(tampered, chain.getLast().head()).firstBroken())
          .as("%s instead of %s", changed, link)
          .isEqualTo(link.seq());
    }
  }

  @ParameterizedTest(name = "seed={0}")
  @MethodSource("seeds")
  void links_that_are_removed_swapped_or_put_in_are_found_at_the_first_of_them(long seed) {
    var random = new SplittableRandom(seed);
    List<AuditLink> chain = chain(random);
    ChainHead head = chain.getLast().head();
    int at = random.nextInt(chain.size());

    var removed = new ArrayList<>(chain);
    removed.remove(at);
    assertThat(verify(removed, head).firstBroken()).isEqualTo(at + 1);

    var cut = chain.subList(0, at);
    assertThat(verify(cut, head).firstBroken()).isEqualTo(at + 1);

    var swapped = new ArrayList<>(chain);
    int other = random.nextInt(chain.size());
    Collections.swap(swapped, at, other);
    assertThat(verify(swapped, head).firstBroken())
        .isEqualTo(at == other ? null : Long.valueOf(Math.min(at, other) + 1));

    var renumbered = new ArrayList<>(chain); // contents swapped, numbers as before
    AuditLink one = chain.get(at);
    AuditLink two = chain.get(other);
    renumbered.set(at, numbered(two, one.seq()));
    renumbered.set(other, numbered(one, two.seq()));
    assertThat(verify(renumbered, head).firstBroken())
        .isEqualTo(at == other ? null : Long.valueOf(Math.min(at, other) + 1));

    var longer = new ArrayList<>(chain);
    longer.add(at, chain.get(at));
    assertThat(verify(longer, head).firstBroken()).isEqualTo(at + 2);

    var appended = new ArrayList<>(chain);
    appended.add(AuditLink.after(head, entry(random), AT, SALT));
    assertThat(verify(appended, head).firstBroken()).isEqualTo(head.seq() + 1);
  }

  @ParameterizedTest(name = "seed={0}")
  @MethodSource("seeds")
  void a_link_made_anew_with_its_own_hash_is_found_at_the_next(long seed) {
    var random = new SplittableRandom(seed);
    List<AuditLink> chain = chain(random);
    int at = random.nextInt(chain.size());
    ChainHead before = at == 0 ? ChainHead.GENESIS : chain.get(at - 1).head();
    var tampered = new ArrayList<>(chain);
    tampered.set(at, AuditLink.after(before, entry(random).with("forged", true), AT, SALT));

    assertThat(verify(tampered, chain.getLast().head()).firstBroken()).isEqualTo(at + 2);
  }

  @ParameterizedTest(name = "seed={0}")
  @MethodSource("seeds")
  void a_whole_chain_made_anew_is_found_by_a_head_that_was_noted(long seed) {
    var random = new SplittableRandom(seed);
    List<AuditLink> chain = chain(random);
    ChainHead noted = chain.get(random.nextInt(chain.size())).head();
    // short entries can be the same twice by chance, and then nothing is forged
    List<AuditLink> forged = chain(random, entry -> entry.with("forged", true));
    ChainHead head = forged.getLast().head();

    assertThat(walk(forged, head, null).intact()).isTrue(); // on its own nothing is wrong with it
    assertThat(walk(chain, chain.getLast().head(), noted).intact()).isTrue();
    assertThat(walk(forged, head, noted).firstBroken())
        .isEqualTo(Math.min(noted.seq(), head.seq() + 1));
  }

  @Test
  void a_tail_that_was_cut_off_with_the_head_moved_back_is_found_by_a_head_that_was_noted() {
    List<AuditLink> chain = chain(new SplittableRandom(7));
    List<AuditLink> cut = chain.subList(0, chain.size() - 1);

    assertThat(walk(cut, cut.getLast().head(), chain.getLast().head()))
        .returns((long) chain.size(), AuditVerification::firstBroken)
        .returns(false, AuditVerification::intact);
  }

  @Test
  void a_beginning_that_is_gone_without_an_entry_that_says_so_is_found() {
    List<AuditLink> chain = chain(new SplittableRandom(7));
    var walk = new ChainWalk(chain.getFirst().head(), null);
    chain.stream().skip(1).forEach(walk::follow);

    assertThat(walk.end(chain.getLast().head()).firstBroken()).isEqualTo(1);
  }

  @Test
  void fields_that_run_into_one_another_hash_differently() {
    AuditLink ab = link("ab", "c");
    AuditLink abc = link("a", "bc");

    assertThat(ab.hash()).isNotEqualTo(abc.hash());
  }

  private static AuditLink link(String actor, String id) {
    return AuditLink.after(
        ChainHead.GENESIS,
        AuditEntry.administration(() -> actor, AuditAction.TOKEN_ROTATED, Subject.of("token", id)),
        AT,
        SALT);
  }

  private static AuditVerification verify(List<AuditLink> links, ChainHead head) {
    return walk(links, head, null);
  }

  private static AuditVerification walk(
      List<AuditLink> links, ChainHead head, @Nullable ChainHead noted) {
    var walk = new ChainWalk(ChainHead.GENESIS, noted);
    links.stream().takeWhile(walk::follow).forEach(_ -> {});
    return walk.end(head);
  }

  private static List<AuditLink> chain(SplittableRandom random) {
    return chain(random, entry -> entry);
  }

  private static List<AuditLink> chain(SplittableRandom random, UnaryOperator<AuditEntry> written) {
    var chain = new ArrayList<AuditLink>();
    ChainHead head = ChainHead.GENESIS;
    long length = random.nextLong(3, 12);
    for (long n = 0; n < length; n++) {
      AuditLink link =
          AuditLink.after(
              head, written.apply(entry(random)), AT.plusSeconds(random.nextInt(100)), SALT);
      chain.add(link);
      head = link.head();
    }
    return chain;
  }

  private static AuditEntry entry(SplittableRandom random) {
    Subject subject =
        switch (random.nextInt(3)) {
          case 0 -> Subject.person(new UUID(random.nextLong(), random.nextLong()));
          case 1 -> Subject.of("segment", "segment-" + random.nextInt(1000));
          default -> Subject.nobody();
        };
    AuditEntry entry = AuditEntry.administration(OPS, AuditAction.PERSON_READ, subject);
    return random.nextBoolean() ? entry.with("persons", random.nextInt(1000)) : entry;
  }

  /** The link with each of its fields changed in turn. */
  private static List<AuditLink> changes(AuditLink a) {
    var more = new TreeMap<>(a.details());
    more.put("more", "1");
    var changes =
        new ArrayList<>(
            List.of(
                copy(a, a.at().plusNanos(1000), a.actor(), a.action(), a.ground(), a.prevHash()),
                copy(a, a.at(), "somebody", a.action(), a.ground(), a.prevHash()),
                copy(a, a.at(), a.actor(), "person.reads", a.ground(), a.prevHash()),
                copy(a, a.at(), a.actor(), a.action(), "retention", a.prevHash()),
                copy(a, a.at(), a.actor(), a.action(), a.ground(), OTHER_HASH),
                about(a, a.subjectType() + "s", a.subjectId(), a.salt(), a.seal()),
                about(a, a.subjectType(), new UUID(1, 1).toString(), a.salt(), a.seal()),
                new AuditLink(
                    a.seq(),
                    a.at(),
                    a.actor(),
                    a.action(),
                    a.subjectType(),
                    a.subjectId(),
                    a.salt(),
                    a.seal(),
                    a.ground(),
                    more,
                    a.prevHash(),
                    a.hash()),
                new AuditLink(
                    a.seq(),
                    a.at(),
                    a.actor(),
                    a.action(),
                    a.subjectType(),
                    a.subjectId(),
                    a.salt(),
                    a.seal(),
                    a.ground(),
                    a.details(),
                    a.prevHash(),
                    OTHER_HASH)));
    if (a.seal() != null) {
      changes.add(about(a, a.subjectType(), a.subjectId(), "ff".repeat(16), a.seal()));
      changes.add(about(a, a.subjectType(), a.subjectId(), a.salt(), OTHER_HASH));
      changes.add(about(a, a.subjectType(), a.subjectId(), a.salt(), null));
    }
    return changes;
  }

  private static AuditLink copy(
      AuditLink a, Instant at, String actor, String action, String ground, String prevHash) {
    return new AuditLink(
        a.seq(),
        at,
        actor,
        action,
        a.subjectType(),
        a.subjectId(),
        a.salt(),
        a.seal(),
        ground,
        a.details(),
        prevHash,
        a.hash());
  }

  private static AuditLink about(
      AuditLink a, String type, @Nullable String id, @Nullable String salt, @Nullable String seal) {
    return new AuditLink(
        a.seq(),
        a.at(),
        a.actor(),
        a.action(),
        type,
        id,
        salt,
        seal,
        a.ground(),
        a.details(),
        a.prevHash(),
        a.hash());
  }

  private static AuditLink numbered(AuditLink a, long seq) {
    return new AuditLink(
        seq,
        a.at(),
        a.actor(),
        a.action(),
        a.subjectType(),
        a.subjectId(),
        a.salt(),
        a.seal(),
        a.ground(),
        a.details(),
        a.prevHash(),
        a.hash());
  }
}
