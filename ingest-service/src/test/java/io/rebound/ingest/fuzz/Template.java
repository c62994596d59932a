package io.rebound.ingest.fuzz;

import java.time.Instant;
import java.util.Random;

/** Good requests of every door that takes bodies, from which bad ones are made. */
public enum Template {
  TRACK("/v1/track", ""),
  IDENTIFY("/v1/i", ""),
  PAGE("/v1/page/", ""),
  ALIAS("/v1/alias", ""),
  BATCH("/v1/batch", "batch"),
  IMPORT("/v1/import", "batch"),
  BEACON("/beacon/v1/batch?writeKey=a-write-key-of-the-tests", "batch"),
  EVENTS("/v1/events", "data"),
  GRAPH("/v24.0/1000000001/events", "data"),
  GATEWAY("/capi/1000000001/events", "data");

  /** In every body, and nowhere else. */
  public static final String MAIL_DOMAIN = "@leak-of-the-fuzz.example";

  /** The same for telephone numbers. */
  public static final String PHONE = "4915199887766";

  private final String path;
  private final String list;

  Template(String path, String list) {
    this.path = path;
    this.list = list;
  }

  public static Template any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  public String path() {
    return path;
  }

  public String body(Random random) {
    if (list.isEmpty()) {
      return message(random);
    }
    String event = list.equals("data") ? serverEvent(random) : message(random);
    return """
    {"%s":[%s,%s],"writeKey":"a-write-key-of-the-tests","access_token":"a-write-key-of-the-tests",\
    "accessKey":"a-write-key-of-the-tests","sentAt":"%s","context":{"locale":"de-DE"},"test_event_code":"T1"}\
    """
        .formatted(list, event, event, Instant.now());
  }

  private static String message(Random random) {
    return """
    {"type":"track","event":"Order Completed","messageId":"fuzz-%d","userId":"u%d","anonymousId":"a%d","previousId":"p",\
    "timestamp":"%s","sentAt":"%s","channel":"browser","integrations":{"All":true,"Meta":false},\
    "traits":{"email":"one%s","phone":"+%s","firstName":"Ada","address":{"city":"Köln","postalCode":"50667","country":"DE"},"birthday":"1815-12-10"},\
    "properties":{"order_id":"o1","total":12.5,"currency":"EUR","products":[{"product_id":"p1","price":"12.50","quantity":1}],"url":"https://s.example/?email=two%s"},\
    "context":{"ip":"203.0.113.7","userAgent":"Mozilla/5.0","page":{"url":"https://s.example/p?fbclid=abc&mail=three%s"},\
    "consent":{"categoryPreferences":{"Advertising":true}},"device":{"advertisingId":"38400000-8cf0-11bd-b23e-10b96e40000d"},\
    "externalIds":[{"type":"email","id":"four%s"}],"fbp":"fb.1.1596403881668.1116446470"}}\
    """
        .formatted(
            random.nextInt(),
            random.nextInt(50),
            random.nextInt(50),
            Instant.now(),
            Instant.now(),
            MAIL_DOMAIN,
            PHONE,
            MAIL_DOMAIN,
            MAIL_DOMAIN,
            MAIL_DOMAIN);
  }

  private static String serverEvent(Random random) {
    return """
    {"event_name":"Purchase","event_time":%d,"event_id":"fuzz-%d","action_source":"website","event_source_url":"https://s.example/?m=one%s",\
    "opt_out":false,"data_processing_options":["LDU"],"data_processing_options_country":1,"data_processing_options_state":1000,\
    "user_data":{"em":["two%s"],"ph":"+%s","fn":"Ada","external_id":["u1"],"client_ip_address":"203.0.113.7","client_user_agent":"Mozilla/5.0",\
    "fbc":"fb.1.1596403881668.abc"},"custom_data":{"value":12.5,"currency":"EUR","contents":[{"id":"p1","quantity":1,"item_price":12.5}],\
    "order_id":"o1","content_ids":["p1"]},"original_event_data":{"event_name":"x","event_time":%d},"consent":{"ads":true},\
    "app_data":{"advertiser_tracking_enabled":1,"application_tracking_enabled":1,"extinfo":["a2","com.some.app"]}}\
    """
        .formatted(
            Instant.now().getEpochSecond(),
            random.nextInt(),
            MAIL_DOMAIN,
            MAIL_DOMAIN,
            PHONE,
            Instant.now().getEpochSecond());
  }
}
