package io.rebound.capisync.audiences;

import io.rebound.capisync.RunningCapiSync;
import io.rebound.capisync.TablesRead;
import io.rebound.capisync.audiences.Members.Due;
import io.rebound.capisync.audiences.Members.News;
import io.rebound.events.SegmentMembership;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberPlansTest {
  private final Members members = RunningCapiSync.get().bean(Members.class);
  private final List<UUID> persons =
      IntStream.range(1, 501)
          .mapToObj(i -> UUID.fromString("00000000-0000-0000-0000-%012d".formatted(i)))
          .toList();

  @Test
  void no_statement_of_the_sync_scans_the_table() {
    new TablesRead("audience_member")
        .withoutScan(
            """
            insert into audience_member
              (segment, person_id, member, revision, there, due_at)
            select 'plans', ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, true, 1,
              true, now() - interval '1 hour'
            from generate_series(1, 50000) i
            """,
            () -> members.due("plans", 500),
            () ->
                members.adding(
                    "plans",
                    persons.stream()
                        .collect(Collectors.toMap(Function.identity(), _ -> List.of()))),
            () -> members.removed("plans", persons, List.of(persons.get(1))),
            () ->
                members.settled(
                    "plans",
                    persons.stream().map(id -> new Due(id, true, true, null, false, 0)).toList()),
            () -> members.mark(persons),
            () ->
                members.follow(
                    persons.stream()
                        .map(id ->
                            new News(
                                new SegmentMembership(id, "plans", true, true, 2, Instant.now()),
                                true))
                        .toList()));
  }
}
