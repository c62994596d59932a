package io.rebound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.problems.PageRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of a long audit costs what the page holds and not what the audit does. */
class LongAuditTest {
  private static final int ENTRIES = 100_000;
  private static final int PAGE = 100;
  private static final KeptAudit audit = new KeptAudit();

  @BeforeAll
  static void grow() {
    audit
        .jdbc
        .sql(
            """
            insert into audit_entry (seq, at, actor, action, subject_type, subject_id, subject_salt,
                                     subject_seal, ground, details, prev_hash, hash)
            select i, timestamptz '2026-01-01' + i * interval '1 second', 'system',
                   case when i % 1000 = 0 then 'person.read' else 'events.disclosed' end,
                   'conversion_batch', i::text, null, null, 'consent', '{}',
                   decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
            from generate_series(1, :entries) i
            """)
        .param("entries", ENTRIES)
        .update();
    audit.jdbc.sql("analyze audit_entry").update();
  }

  @AfterAll
  static void close() {
    audit.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "any",
      value = {
        "any,         any,                    any,   100",
        "any,         any,                    50000, 100",
        "any,         any,                    90,     89",
        "person.read, any,                    any,   100",
        "person.read, any,                    50001,  50",
        "any,         conversion_batch:77777, any,     1",
        "person.read, conversion_batch:77777, any,     0"
      })
  void a_page_reads_hardly_more_than_it_shows(
      String action, String subject, String after, int shown) {
    AuditQuery query = AuditQuery.of(null, action, subject, null, null);

    List<Long> found =
        Objects.requireNonNull(
            audit.transactions.execute(_ -> {
              long before = read();
              long rows = audit.table.list(query, PageRequest.of(PAGE, after, PAGE)).size();
              return List.of(rows, read() - before);
            }));

    assertThat(found.getFirst())
        .isBetween((long) shown, shown + 1L); // one more tells of a next page
    assertThat(found.getLast()).as("rows read").isLessThanOrEqualTo(3L * PAGE);
  }

  @Test
  void all_of_it_can_be_paged_through_without_a_gap() {
    long expected = ENTRIES;
    String after = null;
    List<AuditLink> page;
    do {
      page =
          audit.table.list(
              AuditQuery.of(null, null, null, null, null), PageRequest.of(1000, after, 1000));
      for (AuditLink link : page.subList(0, Math.min(1000, page.size()))) {
        assertThat(link.seq()).isEqualTo(expected--);
        after = Long.toString(link.seq());
      }
    } while (page.size() > 1000);
    assertThat(expected).isZero();
  }

  private static long read() {
    return audit
        .jdbc
        .sql(
            """
            select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables
            where relname = 'audit_entry'
            """)
        .query(Long.class)
        .single();
  }
}
