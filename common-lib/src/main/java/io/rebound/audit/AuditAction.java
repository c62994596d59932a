package io.rebound.audit;

/**
 * What is audited. The list is closed, so that it can be filtered by, counted and looked up; a
 * service uses those that concern it.
 */
public enum AuditAction {
  /** Somebody read the audit. */
  AUDIT_READ("audit.read"),
  /** Entries were removed because their retention was over. */
  AUDIT_EXPIRED("audit.expired"),
  /** A record that couldn't be processed was put back into its topic. */
  DEAD_LETTER_RETRIED("dead_letter.retried"),
  /** A source of events was added. */
  SOURCE_CREATED("source.created"),
  /** A source's settings were replaced. */
  SOURCE_CHANGED("source.changed"),
  /** A source was switched off. */
  SOURCE_DISABLED("source.disabled"),
  /** A source got a new write key. */
  SOURCE_KEY_CREATED("source.key.created"),
  /** A write key was withdrawn. */
  SOURCE_KEY_REVOKED("source.key.revoked"),
  /** A key file says something new, and the service goes by it. */
  KEY_FILE_CHANGED("key_file.changed"),
  /** An access token for Meta was replaced. */
  TOKEN_ROTATED("token.rotated"),
  /** Somebody read, or looked for, one person's data. */
  PERSON_READ("person.read"),
  /** An operator undid links, so that one person became several. */
  PERSON_SPLIT("person.split"),
  /** An operator restored a link that had been undone. */
  PERSON_LINK_RESTORED("person.link.restored"),
  /** Somebody asked for the access to, or the erasure of, one person's data. */
  PRIVACY_REQUESTED("privacy.requested"),
  /** Somebody read the export that an access request came to. */
  PRIVACY_EXPORT_READ("privacy.export_read"),
  /** A person was erased; the subject is the suppression pseudonym. */
  PERSON_ERASED("person.erased"),
  /** Somebody read a list of persons. */
  PERSONS_LISTED("persons.listed"),
  /** An operator gave persons new pseudonyms and seals, with keys that no service has together. */
  PERSONS_REKEYED("persons.rekeyed"),
  /** Somebody read what of a person's data went to Meta. */
  DELIVERY_READ("delivery.read"),
  /** Somebody read who got messages. */
  MESSAGES_LISTED("messages.listed"),
  /** A segment was defined, or defined anew. */
  SEGMENT_CHANGED("segment.changed"),
  /** A segment was deleted. */
  SEGMENT_DELETED("segment.deleted"),
  /** A trigger of messages was defined, or defined anew. */
  TRIGGER_CHANGED("trigger.changed"),
  /** Somebody read what a client sent and a door refused. */
  REJECTED_EVENT_READ("rejected_event.read"),
  /** Refused events were put on their way again. */
  REJECTED_EVENTS_REPLAYED("rejected_events.replayed"),
  /** A request with events went to Meta's Conversions API. */
  EVENTS_DISCLOSED("events.disclosed"),
  /** A request to add persons to a Custom Audience at Meta, or to remove them, went there. */
  MEMBERS_DISCLOSED("members.disclosed"),
  /** A message was handed to WhatsApp, or may have been. */
  MESSAGE_SENT("message.sent"),
  /** Persons turned out to be one. */
  PERSONS_MERGED("persons.merged"),
  /** What persons are held to allow changed. */
  CONSENTS_CHANGED("consents.changed"),
  /** A product was put into the catalogue, or changed there. */
  PRODUCT_CHANGED("product.changed"),
  /** A product was taken out of the catalogue. */
  PRODUCT_DELETED("product.deleted"),
  /** A file of products was read into the catalogue. */
  PRODUCTS_IMPORTED("products.imported");

  private final String wireName;

  AuditAction(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
