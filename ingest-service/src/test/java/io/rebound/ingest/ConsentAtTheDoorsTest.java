package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentProof;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Purpose;
import io.rebound.ingest.RunningIngest.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source of these tests assumes a yes: what can't be read must not fall back to it. */
class ConsentAtTheDoorsTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'consent':'denied'}|context.consent",
        "{'consent':true}|context.consent",
        "{'consent':[]}|context.consent",
        "{'consent':{'categoryPreferences':'Advertising'}}|context.consent.categoryPreferences",
        "{'consent':{'categoryPreferences':[]}}|context.consent.categoryPreferences",
        "{'consent':{'categoryPreferences':{'Advertising':'no'}}}|context.consent.categoryPreferences",
        "{'consent':{'categoryPreferences':{'Advertising':0}}}|context.consent.categoryPreferences",
        "{'consent':{'categoryPreferences':{'Advertising':null}}}|context.consent.categoryPreferences",
        "{'consentManagement':'denied'}|context.consentManagement",
        "{'consentManagement':['Advertising']}|context.consentManagement",
        "{'consentManagement':{'deniedConsentIds':{'Advertising':true}}}|context.consentManagement.deniedConsentIds",
        "{'consentManagement':{'deniedConsentIds':[{'id':'Advertising'}]}}|context.consentManagement.deniedConsentIds",
        "{'consentManagement':{'allowedConsentIds':true}}|context.consentManagement.allowedConsentIds",
        "{'consent':{'categoryPreferences':{'Advertising':true},'textVersion':'anna@shop.example'}}|context.consent.textVersion",
        "{'consent':{'categoryPreferences':{'Advertising':true},'proof':'x'}}|context.consent.proof",
        "{'consent':{'categoryPreferences':{'Advertising':true},'proof':{'reference':'+49 151 12345678'}}}|context.consent.proof.reference",
        "'denied'|context",
      })
  void a_tracking_call_whose_consent_cannot_be_read_is_refused(String context, String field) {
    Answer answer =
        ingest.post(
            "/v1/track",
            "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\",\"context\":%s}"
                .formatted(id, context.replace('\'', '"')));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.response().body())
        .contains(field)
        .doesNotContain("anna")
        .doesNotContain("12345678");
  }

  @Test
  void a_batch_whose_shared_context_cannot_be_read_is_not_taken() {
    Answer answer =
        ingest.post(
            "/v1/batch",
            """
            {"context":"denied","batch":[{"type":"track","event":"A","messageId":"%s","userId":"u"}]}
            """
                .formatted(id));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.response().body()).contains("context");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'denied'|consent",
        "false|consent",
        "{'ads':'no'}|consent.ads",
        "{'ads':0}|consent.ads",
        "{'ads':null}|consent.ads",
        "{'messaging':{}}|consent.messaging",
        "{'ads':true,'text_version':'4915112345678'}|consent.text_version",
        "{'ads':true,'proof':{'method':['form']}}|consent.proof.method",
      })
  void a_server_event_whose_consent_cannot_be_read_is_refused(String consent, String field) {
    Answer answer = serverEvent(consent);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.response().body()).contains(field).doesNotContain("4915112345678");
  }

  @Test
  void a_server_event_says_what_proves_its_statement() {
    serverEvent(
        "{'ads':true,'messaging':false,'text_version':'2026-03','proof':{'method':'form','reference':'f-17'}}");

    ConsentStatement consent = ingest.event(id).consent();
    assertThat(consent.stated()).isEqualTo(Map.of(Purpose.ADS, true, Purpose.MESSAGING, false));
    assertThat(consent.form()).isEqualTo(ConsentForm.CONSENT_OBJECT);
    assertThat(consent.proof()).isEqualTo(new ConsentProof("2026-03", "form", "f-17", null));
  }

  @Test
  void a_tracking_call_says_what_proves_its_statement() {
    ingest.post(
        "/v1/track",
        """
        {"event":"Segment Consent Preference Updated","messageId":"%s","anonymousId":"a",
         "context":{"consent":{"categoryPreferences":{"Advertising":true},"textVersion":"banner-7",
           "proof":{"method":"banner","reference":"c-4711"}}}}
        """
            .formatted(id));

    ConsentStatement consent = ingest.event(id).consent();
    assertThat(consent.form()).isEqualTo(ConsentForm.CATEGORY_PREFERENCES);
    assertThat(consent.proof()).isEqualTo(new ConsentProof("banner-7", "banner", "c-4711", null));
  }

  private Answer serverEvent(String consent) {
    return ingest.post(
        "/v1/events?access_token=" + RunningIngest.WRITE_KEY,
        """
        {"data":[{"event_name":"Purchase","event_time":%d,"event_id":"%s","action_source":"website",
          "event_source_url":"https://shop.example/","custom_data":{"value":1,"currency":"EUR"},
          "user_data":{"external_id":"user-42","client_user_agent":"test"},"consent":%s}]}
        """
            .formatted(Instant.now().getEpochSecond(), id, consent.replace('\'', '"'))
            .getBytes(UTF_8),
        Map.of());
  }
}
