package io.rebound.identity.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.Sealed;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the services answered. An export counts once all its parts are here; of several answers of
 * one service the first complete one stays.
 */
@Repository
class Receipts {
  private final JdbcClient jdbc;

  Receipts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Repeats change nothing. */
  void keep(List<PrivacyReceipt> receipts) {
    List<PrivacyReceipt> parts = receipts.stream().filter(one -> one.export() != null).toList();
    if (!parts.isEmpty()) {
      keepParts(parts);
    }
    List<PrivacyReceipt> whole = receipts.stream().filter(one -> one.export() == null).toList();
    if (!whole.isEmpty()) {
      jdbc.sql(
              """
              insert into privacy_receipt (request_id, service, at, counts, ages_out)
              select n.request_id, n.service, n.at, n.counts::jsonb, n.ages_out::jsonb
              from unnest(:ids::uuid[], :services::text[], :ats::timestamptz[], :counts::text[],
                          :agesOut::text[]) as n (request_id, service, at, counts, ages_out)
              order by request_id, service, at
              on conflict (request_id, service) do nothing
              """)
          .params(places(whole))
          .param("counts", texts(whole, one -> EventJson.MAPPER.writeValueAsString(one.counts())))
          .param("agesOut", texts(whole, one -> EventJson.MAPPER.writeValueAsString(one.agesOut())))
          .update();
    }
  }

  private void keepParts(List<PrivacyReceipt> parts) {
    jdbc.sql(
            """
            insert into privacy_export_part (request_id, service, at, part, parts, key, box)
            select n.* from unnest(:ids::uuid[], :services::text[], :ats::timestamptz[],
                                   :parts::int[], :ofs::int[], :keys::text[], :boxes::text[])
              as n (request_id, service, at, part, parts, key, box)
            where not exists (
                select from privacy_receipt g
                where g.request_id = n.request_id and g.service = n.service)
              -- the person was erased meanwhile, or the export's retention is over
              and not exists (
                select from privacy_request r
                where r.request_id = n.request_id and r.export_deleted_at is not null)
            order by n.request_id, n.service, n.at, n.part
            on conflict (request_id, service, at, part) do nothing
            """)
        .params(places(parts))
        .param("parts", parts.stream().map(PrivacyReceipt::part).toArray(Integer[]::new))
        .param("ofs", parts.stream().map(PrivacyReceipt::parts).toArray(Integer[]::new))
        .param("keys", texts(parts, one -> sealed(one).key()))
        .param("boxes", texts(parts, one -> sealed(one).box()))
        .update();
    UUID[] ids = parts.stream().map(PrivacyReceipt::requestId).distinct().toArray(UUID[]::new);
    jdbc.sql(
            """
            insert into privacy_receipt (request_id, service, at, counts, ages_out)
            select request_id, service, at, '{}', '{}' from privacy_export_part
            where request_id = any(:ids::uuid[])
            group by request_id, service, at having count(*) = max(parts)
            order by request_id, service, at
            on conflict (request_id, service) do nothing
            """)
        .param("ids", ids)
        .update();
    jdbc.sql(
            """
            delete from privacy_export_part p using privacy_receipt g
            where p.request_id = any(:ids::uuid[]) and g.request_id = p.request_id
              and g.service = p.service and g.at <> p.at
            """)
        .param("ids", ids)
        .update();
  }

  private static Map<String, Object> places(List<PrivacyReceipt> receipts) {
    return Map.of(
        "ids", receipts.stream().map(PrivacyReceipt::requestId).toArray(UUID[]::new),
        "services", texts(receipts, PrivacyReceipt::service),
        "ats", receipts.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new));
  }

  private static String[] texts(
      List<PrivacyReceipt> receipts, Function<PrivacyReceipt, String> text) {
    return receipts.stream().map(text).toArray(String[]::new);
  }

  private static Sealed sealed(PrivacyReceipt receipt) {
    return Objects.requireNonNull(receipt.export());
  }
}
