package io.rebound.capisync.conversions;

import io.rebound.capisync.RunningCapiSync;
import io.rebound.capisync.TablesRead;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversionPlansTest {
  private final ConversionQueue queue = RunningCapiSync.get().bean(ConversionQueue.class);
  private final Instant now = Instant.now();
  private final List<EventKey> keys =
      IntStream.range(0, 500).mapToObj(i -> new EventKey("plans", "event-" + i)).toList();

  @Test
  void no_statement_of_the_sender_scans_the_table() {
    new TablesRead("conversion")
        .withoutScan(
            """
            insert into conversion (source, event_id, person_id, person_revision, event_name, state,
              received_at, expires_at, event, due_at)
            select 'plans', 'event-' || i, gen_random_uuid(), 1, 'Purchase', 'queued', now(), now(),
              '{"type":"identified-event","revision":1}', now() - interval '1 hour'
            from generate_series(1, 50000) i
            """,
            () -> queue.claim("claim", 1000, Duration.ofSeconds(30), now),
            () -> queue.extend("claim", keys, now.plusSeconds(30)),
            () -> queue.giveBack("claim", keys, "reason", 1L, now),
            () -> queue.settle("claim", keys, ConversionState.DELIVERED, null, 1L, now),
            () ->
                queue.move(
                    keys.stream()
                        .map(key ->
                            new EventMoved(
                                key.source(),
                                key.eventId(),
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                2,
                                now))
                        .toList()));
  }
}
