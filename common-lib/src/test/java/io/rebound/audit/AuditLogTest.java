package io.rebound.audit;

import static io.rebound.audit.AuditAction.PERSON_READ;
import static io.rebound.audit.AuditAction.SEGMENT_CHANGED;
import static io.rebound.audit.AuditAction.TOKEN_ROTATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private static final Principal OPS = () -> "ops";
  private static final UUID ANNA = UUID.fromString("11111111-2222-3333-4444-555555555555");

  private final KeptAudit audit = new KeptAudit();

  @AfterEach
  void close() {
    audit.close();
  }

  private static AuditEntry rotated(String token) {
    return AuditEntry.administration(OPS, TOKEN_ROTATED, Subject.of("token", token));
  }

  @Test
  void an_entry_tells_who_did_what_to_what_on_what_ground_and_when() {
    audit.log.append(
        AuditEntry.administration(OPS, SEGMENT_CHANGED, Subject.of("segment", "big-spenders"))
            .with("audience", true)
            .with("members", 17));

    assertThat(audit.links())
        .singleElement()
        .satisfies(link -> {
          assertThat(link.seq()).isEqualTo(1);
          assertThat(link.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
          assertThat(link.actor()).isEqualTo("ops");
          assertThat(link.action()).isEqualTo("segment.changed");
          assertThat(link.subjectType()).isEqualTo("segment");
          assertThat(link.subjectId()).isEqualTo("big-spenders");
          assertThat(link.ground()).isEqualTo("administration");
          assertThat(link.details()).hasToString("{audience=true, members=17}");
        });
    assertThat(audit.verify().intact()).isTrue();
  }

  @Test
  void an_entry_stands_exactly_if_its_transaction_does() {
    audit.transactions.executeWithoutResult(_ -> audit.log.append(rotated("kept")));
    assertThatThrownBy(() ->
            audit.transactions.executeWithoutResult(_ -> {
              audit.log.append(rotated("undone"));
              throw new IllegalStateException("it went wrong");
            }))
        .hasMessage("it went wrong");
    audit.log.append(rotated("next"));

    assertThat(audit.links().stream().map(AuditLink::subjectId)).containsExactly("kept", "next");
    assertThat(audit.links().stream().map(AuditLink::seq)).containsExactly(1L, 2L);
    assertThat(audit.verify().entries()).isEqualTo(2);
  }

  @Test
  void what_is_undone_to_a_savepoint_takes_its_entries_with_it() {
    audit.transactions.executeWithoutResult(_ -> {
      undone("before any entry");
      audit.log.append(rotated("kept"));
      undone("after one");
      audit.savepoint.executeWithoutResult(_ -> audit.log.append(rotated("kept-too")));
    });
    audit.transactions.executeWithoutResult(_ -> undone("all there was"));

    assertThat(audit.links().stream().map(AuditLink::subjectId))
        .containsExactly("kept", "kept-too");
  }

  private void undone(String token) {
    audit.savepoint.executeWithoutResult(savepoint -> {
      audit.log.append(rotated(token.replace(' ', '-')));
      savepoint.setRollbackOnly();
    });
  }

  @Test
  void what_is_done_after_the_entry_in_its_transaction_does_not_wait_with_the_head_held() {
    audit.transactions.executeWithoutResult(_ -> {
      audit.log.append(rotated("slow"));
      try (ExecutorService others = Executors.newSingleThreadExecutor()) {
        // another transaction audits meanwhile; with the head held this would never end
        others.submit(() -> audit.log.append(rotated("quick"))).get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });

    assertThat(audit.links().stream().map(AuditLink::subjectId)).containsExactly("quick", "slow");
    assertThat(audit.verify().intact()).isTrue();
  }

  @Test
  void many_transactions_at_once_make_one_chain_without_gaps_and_those_undone_leave_nothing()
      throws Exception {
    int writers = 8;
    int each = 25;
    var tasks = new ArrayList<Future<?>>();
    try (ExecutorService all = Executors.newFixedThreadPool(writers)) {
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        tasks.add(
            all.submit(() -> {
              for (int n = 0; n < each; n++) {
                String name = number + "-" + n;
                boolean undone = n % 5 == 4;
                audit.transactions.executeWithoutResult(status -> {
                  audit.log.append(rotated(name));
                  audit.log.append(rotated(name + "-again"));
                  if (undone) {
                    status.setRollbackOnly();
                  }
                });
              }
            }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    }

    int expected = writers * (each - each / 5) * 2;
    List<Long> seqs =
        audit.jdbc.sql("select seq from audit_entry order by seq").query(Long.class).list();
    Set<String> names =
        new HashSet<>(
            audit.jdbc.sql("select subject_id from audit_entry").query(String.class).list());
    assertThat(seqs)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, expected).boxed().toList());
    assertThat(names).hasSize(expected).noneMatch(name -> name.matches("\\d+-(4|9|14|19|24).*"));
    assertThat(audit.verify())
        .isEqualTo(
            new AuditVerification(expected, audit.table.head().toString(), true, null, null, 0));
  }

  @Test
  void entries_are_counted_once_they_stand() {
    audit.log.append(rotated("a"), rotated("b"));
    audit.transactions.executeWithoutResult(status -> {
      audit.log.append(rotated("c"));
      status.setRollbackOnly();
    });

    assertThat(
            audit
                .meters
                .get("rebound_small_service_audit_entries_total")
                .tag("action", "token.rotated")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void where_the_entry_cannot_be_written_nothing_happens() {
    audit.jdbc.sql("create table work (name text)").update();
    audit.jdbc.sql("alter table audit_entry add constraint full_disk check (seq < 1)").update();

    assertThatThrownBy(() ->
            audit.transactions.executeWithoutResult(_ -> {
              audit.log.append(rotated("a"));
              audit.jdbc.sql("insert into work values ('done')").update();
            }))
        .hasMessageContaining("full_disk");

    assertThat(audit.jdbc.sql("select count(*) from work").query(Long.class).single()).isZero();
  }

  @Test
  void the_database_refuses_to_change_or_remove_entries() {
    audit.log.append(rotated("a"));
    audit.log.append(AuditEntry.administration(OPS, PERSON_READ, Subject.person(ANNA)));

    for (String tampering :
        List.of(
            "update audit_entry set actor = 'somebody' where seq = 1",
            "update audit_entry set subject_id = null where seq = 1",
            "update audit_entry set subject_id = 'x', subject_salt = null where seq = 2",
            "update audit_entry set subject_id = null, subject_salt = null, actor = 'x'",
            "delete from audit_entry where seq = 2",
            "truncate audit_entry",
            "delete from audit_head",
            "truncate audit_head",
            "update audit_head set last_seq = 1")) {
      assertThatThrownBy(() -> audit.jdbc.sql(tampering).update())
          .as(tampering)
          .rootCause()
          .hasMessageContaining("audit");
    }
    assertThat(audit.verify().intact()).isTrue();
  }

  @Test
  void an_erasure_takes_a_persons_id_away_and_the_chain_stays_whole() {
    audit.log.append(AuditEntry.administration(OPS, PERSON_READ, Subject.person(ANNA)));
    audit.log.append(AuditEntry.administration(OPS, PERSON_READ, Subject.person(new UUID(1, 2))));
    audit.log.append(AuditEntry.administration(OPS, PERSON_READ, Subject.nobody()));

    audit.log.forget(List.of(ANNA));

    assertThat(audit.jdbc.sql("select e::text from audit_entry e").query(String.class).list())
        .noneMatch(row -> row.contains(ANNA.toString()));
    assertThat(audit.links().get(1).subjectId()).isEqualTo(new UUID(1, 2).toString());
    assertThat(audit.verify().intact()).isTrue();
    assertThat(audit.verify().erased()).isEqualTo(1);
  }

  @Test
  void contact_data_and_secrets_have_no_form_that_an_entry_takes() {
    for (String value : List.of("anna@example.com", "+49 170 1234567", "a text", "", "é")) {
      assertThatThrownBy(() -> Subject.of("segment", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("anna");
      assertThatThrownBy(() -> rotated("default").with("why", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("anna");
    }
    assertThatThrownBy(() -> Subject.of("person", "491701234567"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
