package io.rebound.problems;

/** A request that can't be served as it is; answered with 400 and the field at fault. */
public class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * @param field the path of the field in the request, for instance {@code when.all[0].within}
   * @param reason what it must be; never the value it had
   */
  public InvalidRequest(String field, String reason) {
    super(field + " " + reason);
    this.field = field;
    this.reason = reason;
  }

  public String field() {
    return field;
  }

  public String reason() {
    return reason;
  }
}
