package io.rebound.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIException.FailedRequestException;
import com.facebook.ads.sdk.APINode;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.APIResponse;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.BatchRequest;
import com.facebook.ads.sdk.CustomAudience;
import com.facebook.ads.sdk.ProductCatalog;
import com.facebook.ads.sdk.ProductItem;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.CustomData;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.EventRequest;
import com.facebook.ads.sdk.serverside.EventResponse;
import com.facebook.ads.sdk.serverside.UserData;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import io.rebound.sandbox.https.Trust;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta's own Java SDK as it is published, over HTTPS: it can't tell the sandbox from Meta. */
class JavaSdkTest {
  private static final SSLSocketFactory USUAL = HttpsURLConnection.getDefaultSSLSocketFactory();

  private static MetaSandbox sandbox;

  private final Caller caller = new Caller(sandbox.baseUrl());
  private final APIContext meta = context("demo-meta-token", "demo-app-secret");

  @BeforeAll
  static void start(@TempDir Path folder) {
    sandbox =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.proof-required",
                true,
                "sandbox.https.port",
                0,
                "sandbox.https.folder",
                folder.toString()));
    HttpsURLConnection.setDefaultSSLSocketFactory(
        Trust.in(sandbox.certificateAuthority()).getSocketFactory());
  }

  @AfterAll
  static void stop() {
    HttpsURLConnection.setDefaultSSLSocketFactory(USUAL);
    sandbox.close();
  }

  @BeforeEach
  void fresh() {
    caller.post("/_sandbox/reset", "{}");
  }

  @Test
  void events_are_received() throws APIException {
    EventResponse answer = events(meta, purchase("ord-1"), purchase("ord-2")).execute();

    assertThat(answer.getEventsReceived()).isEqualTo(2);
    assertThat(answer.getFbTraceId()).isNotBlank();
    JsonNode shown = caller.get("/_sandbox/events?event_id=ord-1").json().path("data").path(0);
    assertThat(shown.path("user_data").path("em").path(0).asString())
        .isEqualTo(Sandboxes.sha256("ada@example.com"));
    assertThat(shown.path("custom_data").path("value").asDouble()).isEqualTo(29.9);
  }

  @Test
  void a_refused_event_arrives_with_codes_and_trace() {
    Event stale = purchase("ord-1").eventTime(1L);

    JsonNode error = refusal(() -> events(meta, stale).execute());

    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(2804003);
    assertThat(error.path("error_user_title").asString()).isNotBlank();
    assertThat(error.path("fbtrace_id").asString()).isNotBlank();
  }

  @Test
  void a_wrong_token_or_secret_is_refused() {
    JsonNode token =
        refusal(() -> events(context("nobody", "demo-app-secret"), purchase("ord-1")).execute());
    JsonNode secret =
        refusal(() -> events(context("demo-meta-token", "wrong"), purchase("ord-1")).execute());

    assertThat(token.path("code").asInt()).isEqualTo(190);
    assertThat(token.path("type").asString()).isEqualTo("OAuthException");
    assertThat(secret.path("message").asString()).contains("appsecret_proof");
  }

  @Test
  void an_audience_is_created_filled_emptied_read_and_deleted() throws APIException {
    CustomAudience audience = create("Buyers");
    String payload =
        """
        {"schema":["EMAIL"],"data":[["%s"],["%s"]]}\
        """
            .formatted(Sandboxes.sha256("ada@example.com"), Sandboxes.sha256("bob@example.com"));

    JsonNode added = json(audience.createUser().setPayload(payload).execute().getRawResponse());
    assertThat(added.path("num_received").asInt()).isEqualTo(2);
    assertThat(added.path("audience_id").asString()).isEqualTo(audience.getId());
    assertThat(size(audience)).isEqualTo(2);

    APINodeList<APINode> removed =
        audience
            .deleteUsers()
            .setPayload(
                "{\"schema\":[\"EMAIL\"],\"data\":[[\"%s\"]]}"
                    .formatted(Sandboxes.sha256("ada@example.com")))
            .execute();
    assertThat(json(removed.getRawResponse()).path("num_received").asInt()).isEqualTo(1);
    assertThat(size(audience)).isEqualTo(1);

    CustomAudience read =
        new CustomAudience(audience.getId(), meta)
            .get()
            .requestNameField()
            .requestOperationStatusField()
            .requestDeliveryStatusField()
            .requestApproximateCountLowerBoundField()
            .execute();
    assertThat(read.getFieldName()).isEqualTo("Buyers");
    assertThat(read.getFieldOperationStatus().getFieldCode()).isEqualTo(200);
    assertThat(read.getFieldApproximateCountLowerBound()).isEqualTo(1000);

    audience.delete().execute();
    assertThat(account().getCustomAudiences().execute()).isEmpty();
  }

  @Test
  void all_audiences_are_read_page_by_page() throws APIException {
    for (int i = 0; i < 7; i++) {
      create("Audience " + i);
    }

    List<String> names = new ArrayList<>();
    APINodeList<CustomAudience> page =
        account().getCustomAudiences().requestField("name").setParam("limit", 3).execute();
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(3);
      page.forEach(audience -> names.add(audience.getFieldName()));
      page = nextOf(page);
    }

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 7).mapToObj(i -> "Audience " + i).toList());
  }

  @Test
  void an_audience_that_does_not_exist_is_refused_as_unknown() {
    JsonNode error =
        refusal(() ->
            new CustomAudience("42", meta).createUser().setPayload("{\"data\":[]}").execute());

    assertThat(error.path("type").asString()).isEqualTo("GraphMethodException");
    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(33);
  }

  @Test
  void catalogue_items_are_pushed_and_all_read_back() throws APIException {
    String requests =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"method\":\"CREATE\",\"data\":" + item("S-" + i) + "}")
            .collect(Collectors.joining(",", "[", "]"));
    var catalogue = new ProductCatalog("3000000003", meta);

    JsonNode pushed =
        json(
            catalogue
                .createItemsBatch()
                .setItemType("PRODUCT_ITEM")
                .setAllowUpsert(true)
                .setRequests(requests)
                .execute()
                .getRawResponse());
    assertThat(pushed.path("handles")).hasSize(1);
    assertThat(
            catalogue
                .getCheckBatchRequestStatus()
                .setHandle(pushed.path("handles").path(0).asString())
                .execute()
                .head()
                .getFieldStatus())
        .isEqualTo("finished");

    List<String> ids = new ArrayList<>();
    APINodeList<ProductItem> products =
        catalogue.getProducts().requestRetailerIdField().requestPriceField().execute();
    for (ProductItem product : products.withAutoPaginationIterator(true)) {
      ids.add(product.getFieldRetailerId());
      assertThat(product.getFieldPrice()).isEqualTo("€29.90");
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 60).mapToObj(i -> "S-" + i).toList());
  }

  @Test
  void a_batch_is_answered_in_its_order() throws APIException {
    List<APIResponse> answers =
        new BatchRequest(meta)
            .addRequest(
                "made",
                account()
                    .createCustomAudience()
                    .setName("Buyers")
                    .setSubtype(CustomAudience.EnumSubtype.VALUE_CUSTOM)
                    .setCustomerFileSource(
                        CustomAudience.EnumCustomerFileSource.VALUE_USER_PROVIDED_ONLY))
            .addRequest(account().getCustomAudiences().requestField("name"))
            .addRequest(new CustomAudience("42", meta).get().requestNameField())
            .execute();

    assertThat(answers).hasSize(3);
    assertThat(json(answers.get(0).getRawResponse()).path("id").asString()).isNotBlank();
    assertThat(answers.get(1).getRawResponse()).contains("Buyers");
    assertThat(answers.get(2).getException()).isInstanceOf(FailedRequestException.class);
  }

  private interface Sdk {
    void call() throws APIException;
  }

  private static JsonNode refusal(Sdk sdk) {
    var refused = catchThrowableOfType(FailedRequestException.class, sdk::call);
    assertThat(refused).isNotNull();
    return json(refused.getMessage()).path("error");
  }

  private static APIContext context(String token, String secret) {
    String base = "https://localhost:" + sandbox.httpsPort();
    return new APIContext(base, base, "v26.0", token, secret, "2030000000000001", false);
  }

  private AdAccount account() {
    return new AdAccount("act_2000000002", meta);
  }

  private CustomAudience create(String name) throws APIException {
    return account()
        .createCustomAudience()
        .setName(name)
        .setSubtype(CustomAudience.EnumSubtype.VALUE_CUSTOM)
        .setCustomerFileSource(CustomAudience.EnumCustomerFileSource.VALUE_USER_PROVIDED_ONLY)
        .execute();
  }

  private int size(CustomAudience audience) {
    return caller
        .get("/_sandbox/audiences/" + audience.getId() + "/members")
        .json()
        .path("data")
        .size();
  }

  // the last page has none, and then the SDK gives null
  private static <T extends APINode> APINodeList<T> nextOf(APINodeList<T> page)
      throws APIException {
    APINodeList<T> next = page.nextPage();
    return next == null ? new APINodeList<>(null, null, null) : next;
  }

  private static EventRequest events(APIContext context, Event... events) {
    var request = new EventRequest("1000000001", context);
    return request.data(List.of(events));
  }

  private static Event purchase(String id) {
    return new Event()
        .eventName("Purchase")
        .eventId(id)
        .eventTime(Clock.systemUTC().instant().getEpochSecond())
        .actionSource(ActionSource.website)
        .userData(new UserData().email("Ada@example.com"))
        .customData(new CustomData().currency("EUR").value(29.9F));
  }

  private static String item(String id) {
    return """
    {"id":"%s","title":"Trail shirt","description":"Dries fast","availability":"in stock",\
    "condition":"new","price":"29.90 EUR","link":"https://shop.example/p/1",\
    "image_link":"https://shop.example/p/1.jpg","brand":"Alder"}\
    """
        .formatted(id);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
