package io.rebound.identity.consents;

import io.rebound.events.ConsentProof;
import io.rebound.events.Purpose;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of everything that was ever stated, with its proof. Rows are only added. */
@Repository
class HistoryTable {
  private final JdbcClient jdbc;

  HistoryTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Each event's statement is there once, however often it comes. */
  void add(List<Sighting> stating) {
    List<Sighting> subjects =
        stating.stream().filter(one -> !one.strong().isEmpty() || !one.weak().isEmpty()).toList();
    if (subjects.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into consent_statement
              (subject_id, source, event_id, at, ads, profiling, messaging, form, text_version,
               method, reference, recorded_by)
            select * from unnest(:subjects::uuid[], :sources::text[], :eventIds::text[],
              :ats::timestamptz[], :ads::boolean[], :profiling::boolean[], :messaging::boolean[],
              :forms::text[], :textVersions::text[], :methods::text[], :references::text[],
              :recorders::text[])
              as n (subject_id, source, event_id)
            order by subject_id, source, event_id
            on conflict do nothing
            """)
        .param("subjects", UuidArray.of(subjects.stream().map(HistoryTable::subject).toList()))
        .param("sources", texts(subjects, one -> one.event().source()))
        .param("eventIds", texts(subjects, one -> one.event().eventId()))
        .param(
            "ats", subjects.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param("ads", values(subjects, Purpose.ADS))
        .param("profiling", values(subjects, Purpose.PROFILING))
        .param("messaging", values(subjects, Purpose.MESSAGING))
        .param("forms", texts(subjects, HistoryTable::form))
        .param("textVersions", proofs(subjects, ConsentProof::textVersion))
        .param("methods", proofs(subjects, ConsentProof::method))
        .param("references", proofs(subjects, ConsentProof::reference))
        .param("recorders", proofs(subjects, ConsentProof::recordedBy))
        .update();
  }

  private static UUID subject(Sighting one) {
    return one.anonymous() ? one.devices().getFirst() : one.representative();
  }

  private static @Nullable String form(Sighting one) {
    var form = one.event().consent().form();
    return form == null ? null : form.wireName();
  }

  private static @Nullable String[] texts(
      List<Sighting> sightings, Function<Sighting, @Nullable String> text) {
    return sightings.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable String[] proofs(
      List<Sighting> sightings, Function<ConsentProof, @Nullable String> part) {
    return texts(
        sightings,
        one -> {
          ConsentProof proof = one.event().consent().proof();
          return proof == null ? null : part.apply(proof);
        });
  }

  private static @Nullable Boolean[] values(List<Sighting> sightings, Purpose purpose) {
    return sightings.stream()
        .map(one -> one.event().consent().stated().get(purpose))
        .toArray(Boolean[]::new);
  }

  /** A person's statements, in the order in which identity learned of them. */
  List<KeptStatement> of(UUID person, PageRequest page) {
    return jdbc.sql(
            """
            select * from consent_statements_of(:person)
            where statement_no > :after order by statement_no limit :limit
            """)
        .param("person", person)
        .param("after", page.afterNumber())
        .param("limit", page.oneMore())
        .query((row, _) -> statement(row))
        .list();
  }

  /**
   * The statement that decides each purpose: the latest by its own time, of several at the same
   * moment a no; of those that say the same then, the one whose event's name comes first.
   */
  Map<Purpose, KeptStatement> deciding(UUID person) {
    var deciding = new EnumMap<Purpose, KeptStatement>(Purpose.class);
    jdbc.sql(
            """
            select distinct on (v.purpose) v.purpose, s.*
            from consent_statements_of(:person) s
            cross join lateral (values
              ('ads', s.ads), ('profiling', s.profiling), ('messaging', s.messaging))
              as v (purpose, value)
            where v.value is not null
            order by v.purpose, s.at desc, v.value, s.source, s.event_id
            """)
        .param("person", person)
        .query(row -> {
          deciding.put(Purpose.of(row.getString("purpose")), statement(row));
        });
    return deciding;
  }

  private static KeptStatement statement(ResultSet row) throws SQLException {
    var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      boolean value = row.getBoolean(purpose.wireName());
      if (!row.wasNull()) {
        stated.put(purpose, value);
      }
    }
    return new KeptStatement(
        row.getLong("statement_no"),
        row.getTimestamp("at").toInstant(),
        row.getString("source"),
        row.getString("event_id"),
        stated,
        row.getString("form"),
        row.getString("text_version"),
        row.getString("method"),
        row.getString("reference"),
        row.getString("recorded_by"),
        row.getTimestamp("learned_at").toInstant());
  }
}
