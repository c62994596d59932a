package io.rebound.audit;

/** On what ground somebody did what is audited. */
public enum Ground {
  /** Somebody who holds an administrative key ran the platform. */
  ADMINISTRATION("administration"),
  /** A stated retention was over. */
  RETENTION("retention");

  private final String wireName;

  Ground(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
