package io.rebound.events;

import io.rebound.events.Topic.Retention;

/** Every topic, and nothing else that services have to agree on. */
public final class Topics {

  /** From the doors (and WhatsApp's webhook) to identity, keyed by the strongest identifier. */
  public static final Topic<TrackedEvent> EVENTS =
      new Topic<>("events", TrackedEvent.class, Retention.TIME);

  /** From identity to everybody, keyed by person. */
  public static final Topic<PersonEvent> IDENTIFIED_EVENTS =
      new Topic<>("identified-events", PersonEvent.class, Retention.TIME);

  /** From identity to who discloses or messages, keyed by person. */
  public static final Topic<Profile> PROFILES =
      new Topic<>("profiles", Profile.class, Retention.COMPACTED);

  /** From segmentation to capi-sync and whatsapp, keyed by person. */
  public static final Topic<SegmentMembership> SEGMENT_MEMBERSHIPS =
      new Topic<>("segment-memberships", SegmentMembership.class, Retention.TIME);

  /** From whatsapp to itself: what it is about to send, keyed by person. */
  public static final Topic<MessageIntent> MESSAGE_INTENTS =
      new Topic<>("message-intents", MessageIntent.class, Retention.TIME);

  /** From identity's door to identity, and from identity to everybody, keyed by the request. */
  public static final Topic<PrivacyMessage> PRIVACY_REQUESTS =
      new Topic<>("privacy-requests", PrivacyMessage.class, Retention.TIME);

  /** From every service to identity, keyed by the request. */
  public static final Topic<PrivacyReceipt> PRIVACY_RECEIPTS =
      new Topic<>("privacy-receipts", PrivacyReceipt.class, Retention.TIME);

  private Topics() {}
}
