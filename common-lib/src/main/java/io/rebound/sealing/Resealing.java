package io.rebound.sealing;

import io.rebound.events.Sealed;
import io.rebound.events.SealedWithEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Seals what a service keeps to its newest key, in small steps beside its work, so that an older
 * key can be given up. What can't be opened stays as it is and is counted under its key.
 */
public final class Resealing {
  private static final Logger log = LoggerFactory.getLogger(Resealing.class);
  private static final int AT_ONCE = 200;
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final List<SealedColumn> tables;
  private final Opener opener;
  private final Sealer sealer;
  private final SealedRowGauge gauge;
  private final Clock clock;
  private long lookedFor = -1;
  private Instant lookAt = Instant.MIN;

  public Resealing(List<SealedColumn> tables, Opener opener, SealedRowGauge gauge, Clock clock) {
    this.tables = List.copyOf(tables);
    this.opener = opener;
    this.sealer = opener.toItself();
    this.gauge = gauge;
    this.clock = clock;
  }

  /** At once after a rotation, else once a minute: profiles sealed to an old key still come. */
  @Scheduled(fixedDelayString = "PT2S")
  synchronized void run() {
    long primary = opener.primaryKey();
    Instant now = clock.instant();
    if (primary == lookedFor && now.isBefore(lookAt)) {
      return;
    }
    lookedFor = primary;
    lookAt = now.plus(LOOK_AGAIN);
    try {
      tables.forEach(table -> reseal(table, primary));
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; what is sealed to an old key waits");
    }
  }

  private void reseal(SealedColumn table, long primary) {
    long done = 0;
    for (Map.Entry<List<Long>, Long> set : table.counts().entrySet()) {
      if (!set.getKey().equals(List.of(primary))) {
        done += reseal(table, set.getKey(), primary);
      }
    }
    if (done > 0) {
      log.atInfo()
          .addKeyValue("table", table.table())
          .addKeyValue("rows", done)
          .addKeyValue("key", primary)
          .log("What was sealed to an older key is sealed to the newest");
    }
    gauge.counted(table.table(), table.counts());
  }

  private long reseal(SealedColumn table, List<Long> keys, long primary) {
    long done = 0;
    @Nullable List<String> after = null;
    List<SealedColumn.Row> rows;
    do {
      rows = table.sealedTo(keys, after, AT_ONCE);
      var anew = new ArrayList<SealedColumn.Row>(rows.size());
      for (SealedColumn.Row row : rows) {
        List<SealedWithEvent> envelopes =
            row.envelopes().stream().map(one -> sealedTo(primary, one)).toList();
        if (!envelopes.equals(row.envelopes())) {
          anew.add(row.with(envelopes));
        }
        after = row.id();
      }
      if (!anew.isEmpty()) {
        table.replace(anew);
      }
      done += anew.size();
    } while (rows.size() == AT_ONCE);
    return done;
  }

  /** The same envelope under the primary key; as it was if it can't be opened. */
  private SealedWithEvent sealedTo(long primary, SealedWithEvent envelope) {
    if (SealingKeyId.of(envelope.sealed()).orElse(-1) == primary) {
      return envelope;
    }
    try {
      byte[] opened = opener.opened(envelope.sealed(), envelope.key());
      Sealed anew = sealer.sealJson(opened, envelope.key());
      return new SealedWithEvent(envelope.source(), envelope.eventId(), envelope.at(), anew);
    } catch (UnreadableSeal e) {
      return envelope;
    }
  }
}
