package io.rebound.problems;

/** Something that was asked for by its name or id and isn't there; answered with 404. */
public class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what the kind of thing, for instance {@code segment}; never a person's identifier
   */
  public NotFound(String what) {
    super("There is no such " + what);
  }
}
