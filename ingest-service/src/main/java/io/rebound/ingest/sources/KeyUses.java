package io.rebound.ingest.sources;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * When keys were last used, to the minute: all uses of a minute are one statement. A crash forgets
 * the last minute.
 */
@Component
class KeyUses {
  private static final Logger log = LoggerFactory.getLogger(KeyUses.class);

  private final WriteKeyTable table;
  private final Map<String, Instant> uses = new ConcurrentHashMap<>();

  KeyUses(WriteKeyTable table) {
    this.table = table;
  }

  /** Remembers it; doesn't block. */
  void add(KnownKey key, Instant at) {
    if (!key.configured()) {
      uses.put(key.id(), at);
    }
  }

  /** All uses so far are on disk, unless the database is away. */
  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void write() {
    Map<String, Instant> written = Map.copyOf(uses);
    if (written.isEmpty()) {
      return;
    }
    try {
      table.used(written);
      written.forEach(uses::remove);
    } catch (DataAccessException | TransactionException e) {
      log.atWarn().log("The database of sources is away; when keys were used is written later");
    }
  }
}
