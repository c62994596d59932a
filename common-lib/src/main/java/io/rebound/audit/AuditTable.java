package io.rebound.audit;

import io.rebound.problems.PageRequest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The chain as it is kept, in the tables of {@code db/audit}. */
final class AuditTable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SALT_BYTES = 16;
  private static final int FETCHED_AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final SecureRandom random = new SecureRandom();

  AuditTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The entries are the next links. Holds the chain's head until the transaction ends, so this must
   * be the last that the transaction does: who holds the head waits for nobody, and so nobody waits
   * in a circle.
   */
  void append(List<AuditEntry> entries, Instant at) {
    ChainHead head =
        jdbc.sql("select last_seq, encode(last_hash, 'hex') from audit_head for update")
            .query((row, _) -> new ChainHead(row.getLong(1), row.getString(2)))
            .single();
    var links = new ArrayList<AuditLink>();
    for (AuditEntry entry : entries) {
      AuditLink link = AuditLink.after(head, entry, at, salt());
      links.add(link);
      head = link.head();
    }
    insert(links);
    jdbc.sql("update audit_head set last_seq = :seq, last_hash = decode(:hash, 'hex')")
        .param("seq", head.seq())
        .param("hash", head.hash())
        .update();
  }

  private String salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return HexFormat.of().formatHex(salt);
  }

  private void insert(List<AuditLink> links) {
    jdbc.sql(
            """
            insert into audit_entry (seq, at, actor, action, subject_type, subject_id, subject_salt,
                                     subject_seal, ground, details, prev_hash, hash)
            select seq, at, actor, action, subject_type, subject_id, decode(salt, 'hex'),
                   decode(seal, 'hex'), ground, details::jsonb, decode(prev, 'hex'),
                   decode(hash, 'hex')
            from unnest(:seqs::bigint[], :ats::timestamptz[], :actors::text[], :actions::text[],
                        :types::text[], :ids::text[], :salts::text[], :seals::text[],
                        :grounds::text[], :details::text[], :prevs::text[], :hashes::text[])
              as t (seq, at, actor, action, subject_type, subject_id, salt, seal, ground, details,
                    prev, hash)
            """)
        .param("seqs", links.stream().map(AuditLink::seq).toArray(Long[]::new))
        .param(
            "ats", links.stream().map(link -> Timestamp.from(link.at())).toArray(Timestamp[]::new))
        .param("actors", texts(links, AuditLink::actor))
        .param("actions", texts(links, AuditLink::action))
        .param("types", texts(links, AuditLink::subjectType))
        .param("ids", texts(links, AuditLink::subjectId))
        .param("salts", texts(links, AuditLink::salt))
        .param("seals", texts(links, AuditLink::seal))
        .param("grounds", texts(links, AuditLink::ground))
        .param("details", texts(links, link -> JSON.writeValueAsString(link.details())))
        .param("prevs", texts(links, AuditLink::prevHash))
        .param("hashes", texts(links, AuditLink::hash))
        .update();
  }

  private static @Nullable String[] texts(
      List<AuditLink> links, Function<AuditLink, @Nullable String> text) {
    return links.stream().map(text).toArray(String[]::new);
  }

  /** Where the chain ends. */
  ChainHead head() {
    return jdbc.sql("select last_seq, encode(last_hash, 'hex') from audit_head")
        .query((row, _) -> new ChainHead(row.getLong(1), row.getString(2)))
        .single();
  }

  /** The last link whose retention was over; the chain that is kept begins behind it. */
  ChainHead removed() {
    return jdbc.sql("select removed_seq, encode(removed_hash, 'hex') from audit_head")
        .query((row, _) -> new ChainHead(row.getLong(1), row.getString(2)))
        .single();
  }

  /** The entries that match, newest first. */
  List<AuditLink> list(AuditQuery query, PageRequest page) {
    return jdbc.sql(
            """
            select *, encode(subject_salt, 'hex') as salt, encode(subject_seal, 'hex') as seal,
                   encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as own
            from audit_entry
            where seq < :before and seq > (select removed_seq from audit_head)
              and (:actor::text is null or actor = :actor::text)
              and (:action::text is null or action = :action::text)
              and (:type::text is null or subject_type = :type::text)
              and (:id::text is null or subject_id = :id::text)
              and (:from::timestamptz is null or at >= :from::timestamptz)
              and (:to::timestamptz is null or at < :to::timestamptz)
            order by seq desc limit :limit
            """)
        .param("before", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
        .param("actor", query.actor())
        .param("action", query.action())
        .param("type", query.subjectType())
        .param("id", query.subjectId())
        .param("from", timestamp(query.from()))
        .param("to", timestamp(query.to()))
        .param("limit", page.oneMore())
        .query((row, _) -> AuditRow.link(row))
        .list();
  }

  /**
   * All links behind {@code seq} in their order, fetched as they are read. Needs a transaction
   * around it; close it.
   */
  Stream<AuditLink> behind(long seq) {
    return jdbc
        .sql(
            """
            select *, encode(subject_salt, 'hex') as salt, encode(subject_seal, 'hex') as seal,
                   encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as own
            from audit_entry where seq > :seq order by seq
            """)
        .withFetchSize(FETCHED_AT_ONCE)
        .param("seq", seq)
        .query((row, _) -> AuditRow.link(row))
        .stream();
  }

  /** No entry tells any more that it was about one of these persons; the chain stays whole. */
  void forget(Collection<UUID> persons) {
    jdbc.sql(
            """
            update audit_entry set subject_id = null, subject_salt = null
            where subject_type = 'person' and subject_id = any(:ids::text[])
            """)
        .param("ids", persons.stream().map(UUID::toString).sorted().toArray(String[]::new))
        .update();
  }

  /** Holds the head; returns the last link before which all are older than {@code moment}. */
  ChainHead expired(Instant moment) {
    return jdbc.sql(
            """
            with head as (select * from audit_head for update)
            select e.seq, encode(e.hash, 'hex') from head, audit_entry e
            where e.seq = coalesce(
              (select seq - 1 from audit_entry
               where seq > (select removed_seq from head) and at >= :moment order by seq limit 1),
              (select last_seq from head))
              and e.seq > head.removed_seq
            """)
        .param("moment", Timestamp.from(moment))
        .query((row, _) -> new ChainHead(row.getLong(1), row.getString(2)))
        .optional()
        .orElse(ChainHead.GENESIS);
  }

  /** The chain that is kept begins behind {@code last}. */
  void beginBehind(ChainHead last) {
    jdbc.sql("update audit_head set removed_seq = :seq, removed_hash = decode(:hash, 'hex')")
        .param("seq", last.seq())
        .param("hash", last.hash())
        .update();
  }

  /** Deletes some of what the chain doesn't begin before any more; returns how many. */
  int sweep(int most) {
    return jdbc.sql(
            """
            delete from audit_entry where seq <= (
              select least(min(seq) + :most - 1, (select removed_seq from audit_head))
              from audit_entry)
            """)
        .param("most", most)
        .update();
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
