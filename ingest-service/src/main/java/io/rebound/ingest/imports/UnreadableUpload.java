package io.rebound.ingest.imports;

import java.io.IOException;

/** A file that can't be read on from some point, for a reason that lies in the file. */
final class UnreadableUpload extends IOException {
  private static final long serialVersionUID = 1L;
  private final String field;
  private final String reason;
  private final boolean tooLarge;

  /**
   * @param reason never with a value of the file
   */
  UnreadableUpload(String field, String reason) {
    this(field, reason, false);
  }

  private UnreadableUpload(String field, String reason, boolean tooLarge) {
    super(field + " " + reason);
    this.field = field;
    this.reason = reason;
    this.tooLarge = tooLarge;
  }

  /** The file is larger than one may be. */
  static UnreadableUpload tooLarge(long limit) {
    return new UnreadableUpload("body", "is larger than " + limit + " bytes, the limit", true);
  }

  boolean tooLarge() {
    return tooLarge;
  }

  String field() {
    return field;
  }

  String reason() {
    return reason;
  }
}
