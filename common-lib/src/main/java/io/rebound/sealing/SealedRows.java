package io.rebound.sealing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that keeps sealed envelopes. It knows of each row, without opening it, which keys its
 * envelopes are sealed to ({@link SealingKeyId}).
 */
public interface SealedRows<K> {
  /** The table's name, for the metric. */
  String table();

  /**
   * How many rows there are for each set of keys, sorted, that envelopes of a row are sealed to.
   */
  Map<List<Long>, Long> counts();

  /**
   * Rows of exactly that set of keys, by id.
   *
   * @param after the last row's id of the step before; null at first
   */
  List<SealedRow<K>> sealedTo(List<Long> keys, @Nullable K after, int most);

  /**
   * Replaces the envelopes of those rows that still hold what they held. Rows that somebody else is
   * writing are left out: they come again.
   */
  void replace(List<SealedRow<K>> rows);
}
