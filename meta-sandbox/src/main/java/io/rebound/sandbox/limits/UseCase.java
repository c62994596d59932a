package io.rebound.sandbox.limits;

/**
 * What a call counts for: a kind of work on a business object, with its limit of its own (Graph
 * API, rate limiting, business use cases).
 *
 * @param object the ad account's digits, the catalogue or the WhatsApp business account
 * @param active how many objects raise the limit; custom audiences do
 */
public record UseCase(Type type, String object, int active) {
  /** The kinds of work, with their names in the header and their error codes. */
  public enum Type {
    ADS_MANAGEMENT("ads_management", 80_004, "ads-management"),
    CUSTOM_AUDIENCE("custom_audience", 80_003, "custom-audience"),
    /** Meta doesn't list a name for it; its example shows this one. */
    CATALOGUE("ads_management", 80_009, "catalog-management"),
    WHATSAPP("whatsapp", 80_008, "whatsapp-business-management-api");

    private final String wire;
    private final int code;
    private final String anchor;

    Type(String wire, int code, String anchor) {
      this.wire = wire;
      this.code = code;
      this.anchor = anchor;
    }

    String wire() {
      return wire;
    }

    boolean ofAdAccount() {
      return this == ADS_MANAGEMENT || this == CUSTOM_AUDIENCE;
    }

    Refusal refusal() {
      String subject = ofAdAccount() ? "ad-account" : "business object";
      return new Refusal(
          400,
          code,
          ofAdAccount() ? Refusal.TOO_MANY_CALLS : null,
          ("(#%d) There have been too many calls to this %s. Wait a bit and try again. For more"
                  + " info, please refer to"
                  + " https://developers.facebook.com/docs/graph-api/overview/rate-limiting#%s.")
              .formatted(code, subject, anchor));
    }
  }
}
