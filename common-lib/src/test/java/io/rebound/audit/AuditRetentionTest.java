package io.rebound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditRetentionTest {
  private static final Principal OPS = () -> "ops";

  private final KeptAudit audit = new KeptAudit();

  @AfterEach
  void close() {
    audit.close();
  }

  private void happens(String token) {
    audit.log.append(
        AuditEntry.administration(OPS, AuditAction.TOKEN_ROTATED, Subject.of("token", token)));
  }

  @Test
  void what_was_kept_long_enough_goes_and_the_chain_says_so_and_stays_whole() {
    happens("a");
    happens("b");
    ChainHead old = audit.table.head();
    audit.clockMovesOn(KeptAudit.RETENTION.minusDays(1));
    happens("c");
    audit.clockMovesOn(Duration.ofDays(1).plusSeconds(1));

    audit.retention.sweep();

    assertThat(audit.jdbc.sql("select seq from audit_entry order by seq").query(Long.class).list())
        .containsExactly(3L, 4L);
    assertThat(audit.table.removed()).isEqualTo(old);
    assertThat(audit.links().getLast())
        .satisfies(told -> {
          assertThat(told.action()).isEqualTo("audit.expired");
          assertThat(told.actor()).isEqualTo("system");
          assertThat(told.ground()).isEqualTo("retention");
          assertThat(told.details()).containsEntry("head", old.toString());
        });
    assertThat(audit.verify().intact()).isTrue();
    assertThat(audit.verify().entries()).isEqualTo(2);

    audit.retention.sweep(); // nothing is due
    assertThat(audit.table.head().seq()).isEqualTo(4);
  }

  @Test
  void all_of_it_can_go_again_and_again() {
    for (int round = 0; round < 3; round++) {
      happens("a");
      audit.clockMovesOn(KeptAudit.RETENTION.plusDays(1));
      audit.retention.sweep();

      assertThat(audit.links().stream().map(AuditLink::action)).containsExactly("audit.expired");
      assertThat(audit.verify().intact()).isTrue();
    }
  }

  @Test
  void a_sweep_that_died_after_it_said_so_is_finished_by_the_next() {
    happens("a");
    happens("b");
    audit.clockMovesOn(KeptAudit.RETENTION.plusDays(1));
    happens("c");
    audit.transactions.executeWithoutResult(_ -> {
      ChainHead last = audit.table.expired(audit.links().getLast().at());
      audit.table.beginBehind(last);
      audit.log.append(
          AuditEntry.system(AuditAction.AUDIT_EXPIRED, Subject.all("audit"), Ground.RETENTION)
              .with("head", last));
    });
    assertThat(audit.jdbc.sql("select count(*) from audit_entry").query(Long.class).single())
        .isEqualTo(4);
    assertThat(audit.verify().intact()).isTrue();
    assertThat(audit.links()).hasSize(2);

    audit.retention.sweep();

    assertThat(audit.jdbc.sql("select count(*) from audit_entry").query(Long.class).single())
        .isEqualTo(2);
    assertThat(audit.verify().intact()).isTrue();
  }

  @Test
  void small_steps_remove_it_all() {
    for (int n = 0; n < 7; n++) {
      happens("t" + n);
    }
    audit.transactions.executeWithoutResult(_ -> audit.table.beginBehind(audit.table.head()));

    assertThat(List.of(audit.table.sweep(3), audit.table.sweep(3), audit.table.sweep(3)))
        .containsExactly(3, 3, 1);
    assertThat(audit.table.sweep(3)).isZero();
  }

  @Test
  void a_beginning_that_somebody_removed_without_an_entry_is_found() {
    happens("a");
    happens("b");
    audit
        .jdbc
        .sql(
            "update audit_head set removed_seq = 1, removed_hash = ("
                + "select hash from audit_entry where seq = 1)")
        .update();
    audit.table.sweep(10);

    assertThat(audit.verify().intact()).isFalse();
    assertThat(audit.verify().firstBroken()).isEqualTo(1);
  }

  @Test
  void a_change_behind_the_databases_back_is_found_where_it_is() {
    happens("a");
    audit.log.append(
        AuditEntry.administration(OPS, AuditAction.PERSON_READ, Subject.person(new UUID(3, 4)))
            .with("by", "email"));
    happens("c");
    assertThat(audit.verify().intact()).isTrue();

    // only who owns the table can do this
    audit.jdbc.sql("alter table audit_entry disable trigger all").update();
    audit.jdbc.sql("update audit_entry set details = '{\"by\": \"phone\"}' where seq = 2").update();

    assertThat(audit.verify().firstBroken()).isEqualTo(2);
    assertThat(audit.verify().entries()).isEqualTo(1);
    assertThat(audit.meters.get("rebound_small_service_audit_chain_broken").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void a_database_comes_to_the_same_hashes_by_the_documented_rule() {
    happens("a");
    audit.log.append(
        AuditEntry.administration(
                () -> "ops Zoë", AuditAction.PERSON_READ, Subject.person(new UUID(3, 4)))
            .with("by", "email")
            .with("and", 17));
    audit.log.append(AuditEntry.administration(OPS, AuditAction.PERSON_READ, Subject.nobody()));
    audit
        .jdbc
        .sql(
            """
            create function field(value text) returns bytea language sql as
            $$ select int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') $$
            """)
        .update();

    List<Boolean> same =
        audit
            .jdbc
            .sql(
                """
                select hash = sha256('\\x01'::bytea || prev_hash || int8send(seq)
                  || int8send((extract(epoch from at) * 1000000)::bigint)
                  || field(actor) || field(action) || field(subject_type)
                  || field(coalesce(encode(sha256(subject_salt || convert_to(subject_id, 'UTF8')), 'hex'),
                                    subject_id, ''))
                  || field(ground)
                  || coalesce((select string_agg(field(d.key) || field(d.value), ''::bytea
                                                 order by d.key collate "C")
                               from jsonb_each_text(details) d), ''::bytea))
                from audit_entry order by seq
                """)
            .query(Boolean.class)
            .list();

    assertThat(same).containsExactly(true, true, true);
  }
}
