package io.rebound.whatsapp;

import io.rebound.startup.Misconfigured;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Our number at WhatsApp, and how we treat it.
 *
 * @param phoneNumberId Meta's id of the number that messages go out from
 * @param businessAccountId the WhatsApp business account (WABA) whose webhooks we take
 * @param verifyToken what Meta repeats when it subscribes the webhook
 * @param senders how many messages are under way at once
 * @param pause how long a sender rests when nothing is due
 * @param freshness how old an event may be on arrival to trigger a message, and how long a message
 *     may wait for Meta
 */
@ConfigurationProperties("rebound.whatsapp")
public record WhatsappProperties(
    @Nullable String phoneNumberId,
    @Nullable String businessAccountId,
    @Nullable String verifyToken,
    @DefaultValue("2") int senders,
    @DefaultValue("500ms") Duration pause,
    @DefaultValue("24h") Duration freshness) {

  public String number() {
    return required("phone-number-id", phoneNumberId);
  }

  public String businessAccount() {
    return required("business-account-id", businessAccountId);
  }

  public String webhookVerifyToken() {
    return required("verify-token", verifyToken);
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new Misconfigured("rebound.whatsapp." + name + " must be set");
    }
    return value;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WhatsappProperties[" + phoneNumberId + "]";
  }
}
