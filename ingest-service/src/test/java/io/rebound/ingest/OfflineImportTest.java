package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ActionSource;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.MatchKeys;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.sealing.Opener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OfflineImportTest {
  static final String PATH = "/v1/imports/offline-events";
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void a_row_with_metas_column_names_becomes_a_purchase_in_a_shop() {
    long time = Instant.now().minusSeconds(3600).getEpochSecond();
    Answer answer =
        upload(
            "",
            """
            email,email,phone,fn,ln,zip,ct,country,dob,gen,event_name,event_time,event_id,value,currency,order_id,store id,size
            Joe@EG.com,joe2@eg.com,0151 12345678,Joe,"Smith, Jr.",10115,Berlin,DE,1990-01-31,m,Purchase,%d,%s,59.80,eur,o-1,berlin-3,M
            """
                .formatted(time, id));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("rows").intValue()).isEqualTo(1);
    assertThat(answer.body().path("accepted").intValue()).isEqualTo(1);
    assertThat(answer.body().path("rejected").intValue()).isZero();
    assertThat(answer.body().path("errors").isEmpty()).isTrue();
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.source()).isEqualTo(RunningIngest.SOURCE);
    assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(time));
    assertThat(event.actionSource()).isEqualTo(ActionSource.PHYSICAL_STORE);
    assertThat(event.customData())
        .containsEntry("value", new BigDecimal("59.80"))
        .containsEntry("currency", "EUR")
        .containsEntry("order_id", "o-1")
        .containsEntry("store_data", Map.of("store_code", "berlin-3"))
        .containsEntry("size", "M");
    assertThat(event.identifiers().stream().map(Identifier::type))
        .contains(IdentifierType.EMAIL, IdentifierType.PHONE);
    MatchKeys keys =
        Opener.fromPrivateKeyset(ingest.keys().resolve("capi-sync.private.json"))
            .open(event.matchKeys(), event.key(), MatchKeys.class);
    assertThat(keys.values())
        .containsKeys("em", "ph", "fn", "ln", "zp", "ct", "country", "db", "ge");
    // sha256 of joe@eg.com
    assertThat(keys.values().get("em"))
        .hasSize(2)
        .contains("8830eedd6c6b5ea97d181563a349476ca1bb25ace1f94b5c5e48d9cad727941b");
  }

  @Test
  void a_spreadsheet_of_another_country_is_read_with_its_own_names() {
    Answer answer =
        upload(
            "?map.email=Kunden-Mail&map.event_time=Kaufdatum&map.value=Summe&map.order_id=Beleg"
                + "&map.event_id=Id&currency=EUR&time_zone=Europe/Berlin",
            "\uFEFFBeleg;Id;Kunden-Mail;Kaufdatum;Summe\r\n"
                + "4711;"
                + id
                + ";\"ada@shop.example\";20.11.2026 14:03;\"1.234,50\"\r\n");

    assertThat(answer.body().path("accepted").intValue()).as("%s", answer.body()).isEqualTo(1);
    TrackedEvent event = ingest.event(id);
    assertThat(event.at()).isEqualTo(Instant.parse("2026-11-20T13:03:00Z"));
    assertThat(event.customData())
        .containsEntry("value", new BigDecimal("1234.50"))
        .containsEntry("currency", "EUR")
        .containsEntry("order_id", "4711");
  }

  @Test
  void tabs_consents_and_single_products_are_read() {
    upload(
        "?action_source=phone_call",
        """
        event_id\te-mail\ttimestamp\tamount\tcurrency\tsku\tqty\tunit price\tconsent_ads\tConsent Messaging
        %s\ta@b.example\t%s\t20\tEUR\tshirt-1\t2\t10\tyes\tfalse
        """
            .formatted(id, Instant.now().minusSeconds(60)));

    TrackedEvent event = ingest.event(id);
    assertThat(event.actionSource()).isEqualTo(ActionSource.PHONE_CALL);
    assertThat(event.consent().stated())
        .isEqualTo(Map.of(Purpose.ADS, true, Purpose.MESSAGING, false));
    assertThat(event.customData())
        .containsEntry("content_ids", List.of("shirt-1"))
        .hasEntrySatisfying(
            "contents",
            contents ->
                assertThat(contents).hasToString("[{id=shirt-1, quantity=2, item_price=10}]"));
  }

  @Test
  void a_purchase_of_long_ago_is_history() {
    upload(
        "", "event_id,email,event_time,value,currency\n" + id + ",a@b.example,1997-02-16,1,EUR\n");

    assertThat(ingest.event(id).isHistory()).isTrue();
  }

  @Test
  void rows_at_fault_are_named_and_quarantined_and_the_rest_goes_on() {
    Answer answer =
        upload(
            "",
            """
            event_id,email,event_time,value,currency
            %1$s,a@b.example,2026-11-20,1,EUR
            x1,a@b.example,2026-11-20,,EUR
            x2,a@b.example,11/20/2026,1,EUR

            x3,a@b.example,2026-11-20,"1,234",EUR
            x4,,2026-11-20,1,EUR
            x5,a@b.example,2026-11-20,1,EUR,surplus
            x6,a@b.example,2026-11-20,1
            x7,a@b.example,3026-11-20,1,EUR
            %1$s-2,a@b.example,2026-11-20,1,EUR
            """
                .formatted(id));

    JsonNode report = answer.body();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(report.path("rows").intValue()).isEqualTo(9);
    assertThat(report.path("accepted").intValue()).isEqualTo(2);
    assertThat(report.path("rejected").intValue()).isEqualTo(7);
    assertThat(
            report
                .path("errors")
                .valueStream()
                .map(error ->
                    error.path("row").intValue()
                        + "/"
                        + error.path("line").intValue()
                        + " "
                        + error.path("field").stringValue()))
        .containsExactly(
            "2/3 value",
            "3/4 event_time",
            "4/6 value",
            "5/7 user_data",
            "6/8 row",
            "7/9 currency",
            "8/10 event_time");
    ingest.event(id);
    ingest.event(id + "-2");
    JsonNode quarantined =
        ingest.get("/v1/rejected-events?limit=1", RunningIngest.ADMIN_KEY).body().path("data");
    assertThat(quarantined.get(0).path("door").stringValue()).isEqualTo("offline-events");

    String path = "/v1/imports/" + report.path("import_id").longValue();
    Answer stored = ingest.get(path, RunningIngest.ADMIN_KEY);
    assertThat(stored.body()).isEqualTo(report);
    Answer errors = ingest.get(path + "/errors?limit=2&after=3", RunningIngest.ADMIN_KEY);
    assertThat(errors.body().path("data").valueStream().map(one -> one.path("row").intValue()))
        .containsExactly(4, 5);
    assertThat(errors.body().path("next").stringValue()).isEqualTo("5");
    Answer list = ingest.get("/v1/imports?limit=1", RunningIngest.ADMIN_KEY);
    assertThat(list.body().path("data").get(0).path("state").stringValue()).isEqualTo("done");
    assertThat(stored.response().body() + errors.response().body())
        .doesNotContain("a@b.example", "1,234");
  }

  @Test
  void a_file_that_comes_twice_has_the_same_event_ids() {
    String file =
        """
        email,event_time,value,currency,order_id
        a@b.example,2026-11-20 10:00,1,EUR,%1$s
        a@b.example,2026-11-20 11:00,1,EUR,
        """
            .formatted(id);
    int before = ingest.count(RunningIngest.SOURCE);
    upload("", file);
    int once = ingest.count(RunningIngest.SOURCE);
    upload("", file);

    assertThat(once - before).isEqualTo(2);
    assertThat(ingest.count(RunningIngest.SOURCE)).isEqualTo(once);
  }

  @Test
  void a_gzipped_file_is_read_whatever_its_label_says() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(
          ("event_id,email,event_time,value,currency\n" + id + ",a@b.example,2026-11-20,1,EUR\n")
              .getBytes(UTF_8));
    }

    Answer answer = ingest.post(PATH, zipped.toByteArray(), headers());

    assertThat(answer.body().path("accepted").intValue()).as("%s", answer.body()).isEqualTo(1);
    ingest.event(id);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                     | ``                                | 400 | body",
        "``                     | nothing,known                     | 400 | header",
        "``                     | email,value                       | 400 | header",
        "``                     | event_time,value                  | 400 | header",
        "``                     | email,event_time,value,amount     | 400 | header",
        "?map.email=Mail        | email,event_time                  | 400 | map.email",
        "?map.nothing=Mail      | email,event_time                  | 400 | map.nothing",
        "?nothing=1             | email,event_time                  | 400 | nothing",
        "?delimiter=x           | email,event_time                  | 400 | delimiter",
        "?time_zone=Mars        | email,event_time                  | 400 | time_zone"
      })
  void aFileThatCannotBecomeEventsIsRefusedWithItsField(
      String query, String header, int status, String field) {
    Answer answer = upload(query, header);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo(field);
  }

  @Test
  void what_cannot_be_read_on_stops_the_import_and_keeps_the_rows_before() {
    String head =
        "event_id,email,event_time,value,currency\n" + id + ",a@b.example,2026-11-20,1,EUR\n";

    Answer open = upload("", head + "x,\"a@b.example,2026-11-20,1,EUR\n");
    Answer tooLong = upload("", head + "x," + "y".repeat(70_000) + "\n");
    Answer notGzip = ingest.post(PATH, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4}, headers());

    for (Answer answer : List.of(open, tooLong)) {
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body().path("errors").get(0).path("field").stringValue())
          .isEqualTo("row 2");
    }
    assertThat(notGzip.status()).isEqualTo(422);
  }

  @Test
  void files_need_a_write_key_and_reports_an_admin_key() {
    byte[] file = "email,event_time\n".getBytes(UTF_8);

    assertThat(ingest.post(PATH, file, Map.of()).status()).isEqualTo(401);
    assertThat(
            ingest.post(PATH, file, Map.of("Authorization", RunningIngest.basic("wrong"))).status())
        .isEqualTo(401);
    assertThat(
            ingest
                .post(PATH, file, Map.of("Authorization", "Bearer " + RunningIngest.WRITE_KEY))
                .status())
        .isEqualTo(200);
    assertThat(ingest.post("/v1/imports/anything", file, headers()).status()).isEqualTo(404);
    assertThat(ingest.get("/v1/imports", RunningIngest.WRITE_KEY).status()).isEqualTo(401);
    assertThat(ingest.get("/v1/imports/999999999", RunningIngest.ADMIN_KEY).status())
        .isEqualTo(404);
  }

  private Answer upload(String query, String file) {
    return ingest.post(PATH + query, file.getBytes(UTF_8), headers());
  }

  private static Map<String, String> headers() {
    return Map.of("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY));
  }
}
