package io.rebound.audit;

/** On what ground somebody did what is audited. */
public enum Ground {
  /** Somebody who holds an administrative key ran the platform. */
  ADMINISTRATION("administration"),
  /** The person the data are about asked for it. */
  DATA_SUBJECT("data_subject"),
  /** A stated retention was over. */
  RETENTION("retention"),
  /** The persons concerned allow it, or said that they do or don't. */
  CONSENT("consent"),
  /** What is known of persons came to say something else, and the platform followed it. */
  CORRECTION("correction");

  private final String wireName;

  Ground(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
