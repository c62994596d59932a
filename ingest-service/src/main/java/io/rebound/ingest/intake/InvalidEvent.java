package io.rebound.ingest.intake;

/**
 * An event is refused for its content. It stands for one event only: at the doors that keep a
 * batch's good events the others go on.
 *
 * <p>Carries no stack trace (it is thrown once per bad event, by anybody) and no value of the
 * event.
 */
public class InvalidEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * @param field the path of the field as the client named it, for instance {@code
   *     properties.currency}
   * @param reason what the field must be, without the value
   */
  public InvalidEvent(String field, String reason) {
    super(field + " " + reason, null, false, false);
    this.field = field;
    this.reason = reason;
  }

  public final String field() {
    return field;
  }

  public final String reason() {
    return reason;
  }
}
