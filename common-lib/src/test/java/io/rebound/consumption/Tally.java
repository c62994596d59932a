package io.rebound.consumption;

import io.rebound.events.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tests' handler: counts how often each record took effect, deliberately without removing
 * repeats, and passes it on.
 */
class Tally implements BatchHandler<Counted> {
  private final JdbcClient jdbc;
  private final Topic<Counted> out;
  private final List<String> repeated = new CopyOnWriteArrayList<>();

  Tally(JdbcClient jdbc, Topic<Counted> out) {
    this.jdbc = jdbc;
    this.out = out;
  }

  @Override
  public Outgoing handle(Batch<Counted> batch) {
    jdbc.sql(
            """
            insert into tally as had (id, times)
              select id, sum(times) from unnest(:ids::text[], :times::int[]) as given (id, times)
              group by id order by id
            on conflict (id) do update set times = had.times + excluded.times
            """)
        .param("ids", batch.values().stream().map(Counted::id).toArray(String[]::new))
        .param("times", batch.values().stream().map(Counted::times).toArray(Integer[]::new))
        .update();
    if (batch.repeated()) {
      batch.values().forEach(value -> repeated.add(value.id()));
    }
    var outgoing = new Outgoing();
    batch.values().forEach(value -> outgoing.send(out, value.id(), value));
    return outgoing;
  }

  /** What came marked as consumed before. */
  List<String> repeated() {
    return repeated;
  }
}
