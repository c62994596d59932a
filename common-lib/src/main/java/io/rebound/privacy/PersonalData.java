package io.rebound.privacy;

import io.rebound.events.PrivacyOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What one service holds of persons. Called in the consumer's transaction, at least once for each
 * order; a second call finds less to do and comes to the same.
 */
public interface PersonalData {

  /**
   * Erases everything about these persons that happened until the order's time, and from now on
   * refuses what is late: the ids the order names never come back to life.
   *
   * @return what was erased, or empty if something outside (Meta) must answer first: the service
   *     then sends the receipt itself as soon as it has
   */
  Optional<Erased> erase(PrivacyOrder order);

  /**
   * Everything held of these persons, by kind, readable for somebody who knows nothing of our
   * tables: names, times in ISO 8601, amounts with their currency; sealed values and pseudonyms as
   * what they are, with a word that says so.
   */
  Map<String, Object> export(PrivacyOrder order);
}
