package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the first message of a person tells who came from an ad that opens WhatsApp. */
final class Referrals {
  private Referrals() {}

  /**
   * A referral with what was asked for, and like Meta's in what wasn't. {@code ctwa_clid} is left
   * out where the ad stood in a WhatsApp Status: {@code "ctwa_clid": null} asks for that.
   *
   * @param asked an object, or {@code true}
   */
  static ObjectNode of(JsonNode asked, String wamid) {
    ObjectNode referral =
        Answer.object()
            .put("source_url", "https://fb.me/sandbox-ad")
            .put("source_id", "120210000000000001")
            .put("source_type", "ad")
            .put("headline", "Chat with us")
            .put("body", "New in the shop")
            .put("media_type", "image")
            .put("image_url", "https://sandbox.example/ad.jpg")
            .put("ctwa_clid", "ARAk" + Integer.toHexString(wamid.hashCode()));
    if (asked instanceof ObjectNode given) {
      referral.setAll(given);
    }
    if (referral.path("ctwa_clid").isNull()) {
      referral.remove("ctwa_clid");
    }
    return referral;
  }
}
