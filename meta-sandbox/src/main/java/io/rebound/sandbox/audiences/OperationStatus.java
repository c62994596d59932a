package io.rebound.sandbox.audiences;

import java.util.Arrays;

/** What an audience's last operation came to, by Meta's codes for customer files. */
enum OperationStatus {
  EXPIRING(100, "This audience hasn't been used for two years and will be deleted."),
  NORMAL(200, "Normal"),
  WARNING(400, "There is a warning about this audience."),
  NO_FILE(410, "No file has been uploaded yet."),
  LOW_MATCH_RATE(411, "Few entries of the last upload were matched."),
  MANY_INVALID(412, "Many entries of the last upload were invalid."),
  REPLACE_IN_PROGRESS(414, "The people of this audience are being replaced."),
  REPLACE_FAILED(415, "The people of this audience could not all be replaced."),
  POPULATING(441, "This audience is ready for use and its size will grow."),
  OUT_OF_DATE(450, "This audience is out of date."),
  ACCOUNT_INACTIVE(470, "The account that created this audience is inactive."),
  FLAGGED(471, "This audience was flagged for an integrity policy."),
  ERROR(500, "There is an error that needs an action.");

  private final int code;
  private final String description;

  OperationStatus(int code, String description) {
    this.code = code;
    this.description = description;
  }

  int code() {
    return code;
  }

  String description() {
    return description;
  }

  static OperationStatus of(int code) {
    return Arrays.stream(values())
        .filter(status -> status.code == code)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("operation_status is none of Meta's: " + code));
  }
}
