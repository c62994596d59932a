package io.rebound.privacy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.ClockHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.Message;
import io.rebound.events.PersonEvent;
import io.rebound.events.PrivacyOrder;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The persons a service has erased: their ids are the only thing it keeps of them, in its table
 * {@code erased_person}, so that nothing late brings them back. What is late is kept out at the
 * entrance: the service's handlers never see it.
 *
 * <p>An erasure and a batch never overlap, because a batch that began before the erasure would
 * write afterwards what it knew before. So {@code privacy-requests} must be the first topic a
 * service reads: its handler then waits before the transaction holds anything others wait for.
 */
public final class ErasedPersons {
  private final JdbcClient jdbc;
  private final Counter late;

  ErasedPersons(JdbcClient jdbc, MeterRegistry registry, String service) {
    this.jdbc = jdbc;
    this.late =
        Counter.builder("rebound_" + service.replace('-', '_') + "_erased_late_records_total")
            .description("Records about erased persons that came late and were passed over")
            .register(registry);
  }

  /**
   * Waits until no batch is under way and lets none begin before the caller's transaction ends;
   * from then on these persons are kept out.
   */
  public void add(PrivacyOrder order) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('erased_person'))")
        .query((_, _) -> true)
        .list();
    jdbc.sql(
            """
            insert into erased_person (person_id, at)
            select distinct person_id, :at::timestamptz
            from unnest(:persons::uuid[]) as p (person_id) order by 1
            on conflict (person_id) do nothing
            """)
        .param("at", Timestamp.from(order.at()))
        .param("persons", order.persons().toArray(UUID[]::new))
        .update();
  }

  /**
   * No erasure begins before the caller's transaction ends, so what it reads of a person now it may
   * write of them. The transaction's first statement.
   */
  public void besideErasures() {
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtext('erased_person'))")
        .query((_, _) -> true)
        .list();
  }

  /** Hands on what isn't about erased persons, to these handlers in their order. */
  @SafeVarargs
  public final <T extends Message> BatchHandler<T> keepOut(BatchHandler<? super T>... handlers) {
    List<BatchHandler<? super T>> each = List.of(handlers);
    return batch -> handle(remaining(batch), batch, each);
  }

  /**
   * The same for what happens to persons.
   *
   * @param forget is told of events that turned out to be an erased person's; whose they were
   *     before doesn't matter any more
   */
  @SafeVarargs
  public final BatchHandler<PersonEvent> keepOut(
      Consumer<Collection<EventKey>> forget, BatchHandler<? super PersonEvent>... handlers) {
    List<BatchHandler<? super PersonEvent>> each = List.of(handlers);
    return batch -> {
      List<PersonEvent> remaining = remaining(batch);
      Outgoing outgoing = handle(remaining, batch, each);
      if (remaining.size() < batch.values().size()) {
        Set<EventKey> gone = movedTo(batch.values(), remaining);
        if (!gone.isEmpty()) {
          forget.accept(gone);
        }
      }
      return outgoing;
    };
  }

  /** Runs by the clock beside no erasure. */
  public ClockHandler keepOut(ClockHandler handler) {
    return (now, partitions) -> {
      besideErasures();
      return handler.tick(now, partitions);
    };
  }

  private static <T> Outgoing handle(
      List<T> remaining, Batch<T> batch, List<BatchHandler<? super T>> handlers) {
    var outgoing = new Outgoing();
    if (remaining.isEmpty()) {
      return outgoing;
    }
    var rest = new Batch<>(remaining, batch.time(), batch.repeated());
    handlers.forEach(handler -> outgoing.addAll(handled(handler, rest)));
    return outgoing;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a handler only reads the batch
  private static Outgoing handled(BatchHandler handler, Batch<?> batch) {
    return handler.handle(batch);
  }

  private <T extends Message> List<T> remaining(Batch<T> batch) {
    besideErasures();
    Set<UUID> mentioned = new HashSet<>();
    batch.values().forEach(message -> mentioned.addAll(Mentioned.in(message)));
    Set<UUID> erased = among(mentioned);
    if (erased.isEmpty()) {
      return batch.values();
    }
    List<T> remaining = new ArrayList<>(batch.values().size());
    batch.values().forEach(message -> Mentioned.without(erased, message).ifPresent(remaining::add));
    late.increment(batch.values().size() - remaining.size());
    return remaining;
  }

  private Set<UUID> among(Set<UUID> persons) {
    return new HashSet<>(
        jdbc.sql("select person_id from erased_person where person_id = any(:persons::uuid[])")
            .param("persons", persons.toArray(UUID[]::new))
            .query(UUID.class)
            .list());
  }

  // moves are what is left out of the batch and says where an event went
  private static Set<EventKey> movedTo(List<PersonEvent> all, List<PersonEvent> remaining) {
    Set<String> told = new HashSet<>();
    remaining.forEach(event -> told.add(event.ceId()));
    Set<EventKey> gone = new HashSet<>();
    for (PersonEvent event : all) {
      if (event instanceof EventMoved moved && !told.contains(moved.ceId())) {
        gone.add(moved.key());
      }
    }
    return gone;
  }
}
