package io.rebound.events;

/**
 * A Kafka topic and what its records hold.
 *
 * @param name its name in Kafka
 * @param type the record, or sealed family of records, that its values are
 * @param retention what Kafka keeps of it
 */
public record Topic<T extends Message>(String name, Class<T> type, Retention retention) {

  /** What Kafka keeps. */
  public enum Retention {
    /** Everything, for longer than the databases' backups. */
    TIME,
    /** The latest of each key. */
    COMPACTED
  }
}
