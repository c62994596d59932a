package io.rebound.ingest.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a writer does whose database never answers. */
class SpoolWriterTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final SpoolDatabase database = new SpoolDatabase();
  private final SpoolWriter writer =
      new SpoolWriter(
          new SpooledEvents(
              JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"))),
          new SpoolSize(1_000_000, Clock.systemUTC(), metrics),
          database,
          100,
          metrics);

  @Test
  void takes_no_more_than_fits_into_its_buffer_but_always_a_lone_request() {
    assertThat(writer.offer(request(150))).isTrue();
    assertThat(writer.offer(request(1))).isFalse();
  }

  @Test
  void a_request_that_can_not_be_written_is_refused_and_makes_room_for_the_next()
      throws InterruptedException {
    Waiting first = request(80);
    Waiting second = request(80);

    writer.offer(first);
    writer.start();
    assertThat(first.kept().orTimeout(30, SECONDS).join()).isFalse();
    assertThat(database.answers()).isFalse();

    assertThat(writer.offer(second)).isTrue();
    assertThat(second.kept().orTimeout(30, SECONDS).join()).isFalse();
    writer.close();
    assertThat(writer.offer(request(1))).isFalse();
  }

  private static Waiting request(int bytes) {
    return new Waiting(1, new byte[bytes], new CompletableFuture<>());
  }
}
