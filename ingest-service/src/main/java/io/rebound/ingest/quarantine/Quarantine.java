package io.rebound.ingest.quarantine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Where refused events wait to be looked at: whole, encrypted, with the reason, for a stated time.
 * A client drops what is refused, so here is the only copy.
 */
@Component
public class Quarantine {
  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

  private final RejectedEvents table;
  private final Executor writers = Executors.newVirtualThreadPerTaskExecutor();

  Quarantine(RejectedEvents table) {
    this.table = table;
  }

  /** True when they are on disk; false when the database can't take them. Doesn't block. */
  public CompletableFuture<Boolean> keep(List<RejectedEvent> events) {
    return CompletableFuture.supplyAsync(() -> add(events), writers);
  }

  private boolean add(List<RejectedEvent> events) {
    try {
      table.add(events);
      return true;
    } catch (DataAccessException | TransactionException e) {
      log.atWarn()
          .addKeyValue("failure", e.getClass().getSimpleName())
          .addKeyValue("events", events.size())
          .log("The quarantine's database is away; the client is told to send its events again");
      return false;
    }
  }
}
