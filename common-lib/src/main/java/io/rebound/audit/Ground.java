package io.rebound.audit;

/** On what ground somebody did what is audited. */
public enum Ground {
  /** Somebody who holds an administrative key ran the platform. */
  ADMINISTRATION("administration"),
  /** The person the data are about asked for it. */
  DATA_SUBJECT("data_subject"),
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
