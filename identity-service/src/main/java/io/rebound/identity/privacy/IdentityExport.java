package io.rebound.identity.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.PrivacyReceipt;
import io.rebound.privacy.SealedExport;
import io.rebound.sealing.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** What identity itself holds of a person, for the person to read. */
@Repository
class IdentityExport {
  private final JdbcClient jdbc;
  private final Sealer own;

  IdentityExport(JdbcClient jdbc, Sealer own) {
    this.jdbc = jdbc;
    this.own = own;
  }

  /** Sealed like every service's. */
  List<PrivacyReceipt> receipts(UUID requestId, DataSubject subject, Instant now) {
    return SealedExport.receipts(own, PrivacyRequests.IDENTITY, requestId, of(subject), now);
  }

  private Map<String, List<JsonNode>> of(DataSubject subject) {
    return Map.of(
        "identifiers", identifiers(subject),
        "other_person_ids", otherIds(subject),
        "devices", devices(subject),
        "sign_ins", signIns(subject),
        "events", events(subject),
        "consent_statements", consentStatements(subject),
        "assumed_consents", assumedConsents(subject),
        "sealed_contact_data", sealed(subject));
  }

  private List<JsonNode> identifiers(DataSubject subject) {
    return rows(
        """
        select to_jsonb(r) from (
          select type, pseudonym from identifier where identifier_id = any(:identifiers::uuid[])
          order by type, pseudonym) r
        """,
        subject);
  }

  private List<JsonNode> otherIds(DataSubject subject) {
    return rows(
        """
        select to_jsonb(person_id) from person
        where person_id = any(:persons::uuid[]) and merged_into is not null order by person_id
        """,
        subject);
  }

  private List<JsonNode> devices(DataSubject subject) {
    return rows(
        """
        select to_jsonb(r) from (
          select type, pseudonym from device where device_id = any(:devices::uuid[])
          order by type, pseudonym) r
        """,
        subject);
  }

  private List<JsonNode> signIns(DataSubject subject) {
    return rows(
        """
        select to_jsonb(r) from (
          select s.at, d.type as device_type, d.pseudonym as device_pseudonym,
                 i.type as identifier_type, i.pseudonym as identifier_pseudonym
          from evidence_of_identifier o join evidence e using (evidence_id)
          join sign_in s on s.device_id = any(e.weak) and s.evidence_id = e.evidence_id
          join device d using (device_id)
          join identifier i on i.identifier_id = o.identifier_id
          where o.identifier_id = any(:identifiers::uuid[])
            and e.representative = o.identifier_id
          order by s.at) r
        """,
        subject);
  }

  private List<JsonNode> events(DataSubject subject) {
    return rows(
        """
        select to_jsonb(r) from (
          select source, event_id, at, received_at, stated as stated_consents from event
          where event_no in (select event_no from events_of(:identifiers::uuid[], :devices::uuid[]))
          order by at) r
        """,
        subject);
  }

  private List<JsonNode> consentStatements(DataSubject subject) {
    return rows(
        """
        select jsonb_strip_nulls(to_jsonb(r)) from (
          select ads, profiling, messaging, at, source, event_id as proved_by_event, form,
            text_version, method, reference, recorded_by, learned_at
          from consent_statement where subject_id = any(:persons::uuid[]) order by at) r
        """,
        subject);
  }

  private List<JsonNode> assumedConsents(DataSubject subject) {
    return rows(
        """
        select jsonb_build_object('ads', assumed_ads, 'profiling', assumed_profiling,
                                  'messaging', assumed_messaging)
        from person where person_id = any(:persons::uuid[]) and merged_into is null
          and coalesce(assumed_ads, assumed_profiling, assumed_messaging) is not null
        """,
        subject);
  }

  // what is inside is capi-sync's and whatsapp's to tell: nobody else can open it
  private List<JsonNode> sealed(DataSubject subject) {
    return rows(
        """
        select to_jsonb(r) from (
          select kind, at, source, event_id, 'encrypted for one service' as content from envelope
          where identifier_id = any(:identifiers::uuid[]) order by at) r
        """,
        subject);
  }

  private List<JsonNode> rows(String statement, DataSubject subject) {
    return jdbc.sql(statement)
        .param("persons", subject.persons().toArray(UUID[]::new))
        .param("identifiers", subject.identifierIds().toArray(UUID[]::new))
        .param("devices", subject.deviceIds().toArray(UUID[]::new))
        .query((row, _) -> EventJson.MAPPER.readTree(row.getString(1)))
        .list();
  }
}
