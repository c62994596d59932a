package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIException.FailedRequestException;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.AppData;
import com.facebook.ads.sdk.serverside.BatchProcessor;
import com.facebook.ads.sdk.serverside.CAPIGatewayEndpoint;
import com.facebook.ads.sdk.serverside.Content;
import com.facebook.ads.sdk.serverside.CustomData;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.EventRequest;
import com.facebook.ads.sdk.serverside.EventResponse;
import com.facebook.ads.sdk.serverside.ExtendedDeviceInfo;
import com.facebook.ads.sdk.serverside.GenderEnum;
import com.facebook.ads.sdk.serverside.OriginalEventData;
import com.facebook.ads.sdk.serverside.UserData;
import io.rebound.events.TrackedEvent;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta's own Java SDK as it is published, by both of its doors: only its address is another. */
class OfficialJavaSdkTest {
  private static final String DATASET = "1000000001";
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final SSLSocketFactory USUAL = HttpsURLConnection.getDefaultSSLSocketFactory();
  private static final Map<String, Optional<String>> BEFORE = new HashMap<>();

  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();
  private final APIContext meta = context(RunningIngest.WRITE_KEY);

  /** As a shop does: its JVM trusts the authority. The SDK asks for that in two ways. */
  @BeforeAll
  static void trust(@TempDir Path folder) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var pem = Files.newInputStream(RunningIngest.get().keys().resolve("https/ca.pem"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "trusted".toCharArray());
    }
    for (String name : List.of(STORE, STORE_PASSWORD)) {
      BEFORE.put(name, Optional.ofNullable(System.getProperty(name)));
    }
    System.setProperty(STORE, file.toString());
    System.setProperty(STORE_PASSWORD, "trusted");
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
  }

  @AfterAll
  static void trustAsBefore() {
    HttpsURLConnection.setDefaultSSLSocketFactory(USUAL);
    BEFORE.forEach((name, value) ->
        value.ifPresentOrElse(
            usual -> System.setProperty(name, usual), () -> System.clearProperty(name)));
  }

  @Test
  void an_event_arrives_with_everything_the_sdk_says() throws APIException {
    Instant at = Instant.ofEpochSecond(Instant.now().minusSeconds(90).getEpochSecond());

    EventResponse answer = request(whole(at)).testEventCode("TEST7").execute();

    assertThat(answer.getEventsReceived()).isEqualTo(1);
    assertThat(answer.getFbTraceId()).isNotBlank();
    assertThat(answer.getMessages().toString()).contains("user_data.f5first is not passed on");
    holdsEverything(at);
    assertThat(ingest.event(id).serverFields()).containsEntry("test_event_code", "TEST7");
    assertThat(ingest.event(id).customData()).containsEntry("size", "M");
  }

  @Test
  void the_gateway_class_sends_the_same() throws APIException {
    Instant at = Instant.ofEpochSecond(Instant.now().minusSeconds(90).getEpochSecond());
    EventRequest request = request(whole(at));
    request.setCustomEndpoint(gateway(RunningIngest.WRITE_KEY));

    EventResponse answer = request.execute(); // throws unless the answer is 202

    assertThat(answer.getCustomEndpointResponses()).hasSize(1);
    holdsEverything(at);
    assertThat(ingest.event(id).customData()).containsEntry("size", "M");
  }

  private void holdsEverything(Instant at) {
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.at()).isEqualTo(at);
    assertThat(event.actionSource()).isEqualTo(io.rebound.events.ActionSource.APP);
    assertThat(event.eventSourceUrl()).isEqualTo("https://shop.example/thanks");
    assertThat(event.customData())
        .containsEntry("currency", "EUR")
        .containsEntry("order_id", "o-1")
        .containsEntry("content_ids", List.of("shirt-1"))
        .containsEntry(
            "contents",
            List.of(
                Map.of(
                    "id", "shirt-1",
                    "quantity", 2,
                    "item_price", new java.math.BigDecimal("14.95"),
                    "title", "Trail shirt",
                    "brand", "Alder")));
    assertThat(event.serverFields())
        .containsEntry("opt_out", true)
        .containsEntry("data_processing_options", List.of("LDU"))
        .containsEntry("data_processing_options_country", 1)
        .containsEntry("data_processing_options_state", 1000)
        .containsEntry("advanced_measurement_table", "table")
        .containsEntry(
            "original_event_data",
            Map.of("event_name", "Lead", "order_id", "o-0", "event_id", "e-0"));
    // hashes of sha256sum over the normal forms that conversions-api.md names
    assertThat(ingest.matchKeys(id))
        .containsEntry(
            "em", List.of("b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72"))
        .containsEntry(
            "ge", List.of("252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"))
        .containsEntry(
            "db", List.of("01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c"))
        .containsEntry(
            "country", List.of("79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"))
        .containsEntry(
            "external_id",
            List.of("6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997"))
        .containsKeys("ph", "fn", "ln");
    assertThat(ingest.requestKeys(id))
        .containsEntry("client_ip_address", List.of("192.0.2.1"))
        .containsEntry("client_user_agent", List.of("Mozilla/5.0"))
        .containsEntry("fbc", List.of("fb.1.1554763741205.AbCdEf"))
        .containsEntry("fbp", List.of("fb.1.1558571054389.1098115397"));
    JsonNode app = ingest.sealedFields(id).get("app_data");
    assertThat(app.path("campaign_ids").asString()).isEqualTo("a-campaign");
    assertThat(app.path("extinfo").valueStream().map(JsonNode::asString))
        .containsExactly("a2", "", "", "", "14", "", "", "", "", "", "", "", "", "", "", "");
    assertThat(ingest.record(id)).doesNotContain("a-campaign", "192.0.2.1", "user-42");
  }

  @Test
  void events_are_sent_without_waiting_too() throws Exception {
    EventResponse answer = request(purchase(id)).executeAsync().get();

    assertThat(answer.getEventsReceived()).isEqualTo(1);
    assertThat(ingest.event(id).name()).isEqualTo("Purchase");
    String second = UUID.randomUUID().toString();
    EventRequest byGateway = request(purchase(second));
    byGateway.setCustomEndpoint(gateway(RunningIngest.WRITE_KEY));
    byGateway.executeAsync().get();
    assertThat(ingest.event(second).name()).isEqualTo("Purchase");
  }

  @Test
  void the_batch_processor_delivers_every_event() throws Exception {
    List<String> ids = IntStream.range(0, 25).mapToObj(i -> id + "-" + i).toList();
    List<Event> events = ids.stream().map(OfficialJavaSdkTest::purchase).toList();

    new BatchProcessor(10, 3).processEvents(request(), events);

    ids.forEach(one -> assertThat(ingest.event(one).name()).isEqualTo("Purchase"));
  }

  @Test
  void a_refusal_arrives_with_codes_field_and_trace() {
    Event incomplete = purchase(id).customData(new CustomData().currency("EUR"));

    JsonNode error = refusal(() -> request(purchase(id + "-good"), incomplete).execute());

    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(2804009);
    assertThat(error.path("error_data").path("field").asString()).isEqualTo("custom_data.value");
    assertThat(error.path("error_user_title").asString()).isNotBlank();
    assertThat(error.path("is_transient").booleanValue()).isFalse();
    assertThat(error.path("fbtrace_id").asString()).isNotBlank();
    assertThat(ingest.has(id + "-good")).isFalse();
    assertThat(ingest.has(id)).isFalse();
  }

  @Test
  void a_refusal_is_no_received_event_where_the_sdk_does_not_throw() throws Exception {
    Event incomplete = purchase(id).customData(new CustomData().currency("EUR"));

    // that the asynchronous way raises no exception is the SDK's, also with Meta
    assertThat(request(incomplete).executeAsync().get().getEventsReceived()).isNull();
    assertThat(ingest.has(id)).isFalse();
  }

  @Test
  void a_wrong_key_is_a_wrong_token() {
    APIContext wrong = context("wrong");

    JsonNode error =
        refusal(() -> new EventRequest(DATASET, wrong).data(List.of(purchase(id))).execute());
    assertThat(error.path("code").asInt()).isEqualTo(190);
    assertThat(error.path("type").asString()).isEqualTo("OAuthException");
    assertThat(error.path("fbtrace_id").asString()).isNotBlank();
    assertThatThrownBy(() -> gateway("wrong").sendEvent(meta, DATASET, List.of(purchase(id))))
        .hasMessageContaining("401");
    assertThat(ingest.has(id)).isFalse();
  }

  @Test
  void a_key_for_one_dataset_is_refused_for_another() throws APIException {
    APIContext one = context(RunningIngest.FOR_ONE_DATASET);

    JsonNode error =
        refusal(() -> new EventRequest("42", one).data(List.of(purchase(id))).execute());
    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(33);
    assertThat(error.path("type").asString()).isEqualTo("GraphMethodException");
    new EventRequest(DATASET, one).data(List.of(purchase(id))).execute();
    assertThat(ingest.event(id).source()).isEqualTo(RunningIngest.FOR_ONE_DATASET);
  }

  private interface Call {
    void make() throws APIException;
  }

  private static JsonNode refusal(Call call) {
    var refused = catchThrowableOfType(FailedRequestException.class, call::make);
    assertThat(refused).isNotNull();
    return JsonMapper.shared().readTree(refused.getMessage()).path("error");
  }

  private APIContext context(String token) {
    return new APIContext(
        ingest.https(), ingest.https(), "v24.0", token, "a-secret", "2030000000000001", false);
  }

  private CAPIGatewayEndpoint gateway(String key) {
    var gateway = new CAPIGatewayEndpoint(ingest.https(), key);
    gateway.setSendToEndpointOnly(true);
    return gateway;
  }

  private EventRequest request(Event... events) {
    return new EventRequest(DATASET, meta).data(List.of(events));
  }

  private static Event purchase(String id) {
    return new Event()
        .eventName("Purchase")
        .eventId(id)
        .eventTime(Instant.now().getEpochSecond())
        .actionSource(ActionSource.website)
        .userData(new UserData().email("Ada@example.com"))
        .customData(new CustomData().currency("EUR").value(29.9F));
  }

  private Event whole(Instant at) {
    return purchase(id)
        .eventTime(at.getEpochSecond())
        .actionSource(ActionSource.app)
        .eventSourceUrl("https://shop.example/thanks?email=ada@example.com")
        .optOut(true)
        .dataProcessingOptions(new String[] {"LDU"})
        .dataProcessingOptionsCountry(1)
        .dataProcessingOptionsState(1000)
        .advancedMeasurementTable("table")
        .originalEventData(new OriginalEventData().eventName("Lead").orderID("o-0").eventID("e-0"))
        .appData(
            new AppData()
                .campaignIds("a-campaign")
                .extinfo(new ExtendedDeviceInfo().extinfoVersion("a2").osVersion("14")))
        .userData(
            new UserData()
                .email("Ada@example.com")
                .phone("+1 (650) 555-1212")
                .firstName("Ada")
                .lastName("Lovelace")
                .gender(GenderEnum.FEMALE)
                .dateOfBirth("19970216")
                .countryCode("us")
                .externalId("user-42")
                .f5first("adaxx")
                .clientIpAddress("192.0.2.1")
                .clientUserAgent("Mozilla/5.0")
                .fbc("fb.1.1554763741205.AbCdEf")
                .fbp("fb.1.1558571054389.1098115397"))
        .customData(
            new CustomData()
                .currency("EUR")
                .value(29.9F)
                .orderId("o-1")
                .contentIds(List.of("shirt-1"))
                .addContent(
                    new Content()
                        .productId("shirt-1")
                        .quantity(2L)
                        .itemPrice(14.95F)
                        .title("Trail shirt")
                        .brand("Alder"))
                .customProperties(new HashMap<>(Map.of("size", "M"))));
  }
}
