package io.rebound.capisync.audiences;

import io.rebound.privacy.RetentionSweep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Forgets who left a segment long ago, and of whom Meta has nothing there any more. */
@Repository
class FormerMembers {
  private final JdbcClient jdbc;
  private final RetentionSweep retention;
  private final AudiencesProperties properties;

  FormerMembers(JdbcClient jdbc, RetentionSweep retention, AudiencesProperties properties) {
    this.jdbc = jdbc;
    this.retention = retention;
    this.properties = properties;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("former_audience_members", properties.retention(), this::forgetBefore);
  }

  /** Forgets some whose last news came before that moment: a revision is a time in microseconds. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from audience_member where (segment, person_id) in (
              select segment, person_id from audience_member
              where not member and not there and due_at is null and erasure is null
                and revision < :moment
              limit :most for update skip locked)
            """)
        .param("moment", ChronoUnit.MICROS.between(Instant.EPOCH, moment))
        .param("most", most)
        .update();
  }
}
