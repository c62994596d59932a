package io.rebound.identity.consents;

import io.rebound.events.Consents;
import io.rebound.events.Purpose;
import io.rebound.problems.PageRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a person stated over time, and what of it decides. */
@Component
public class ConsentHistory {
  private final HistoryTable table;

  ConsentHistory(HistoryTable table) {
    this.table = table;
  }

  /**
   * What decided each purpose.
   *
   * @param allowed what the person allows, as {@link ConsentRegistry#effective} has it
   */
  public Map<Purpose, Decision> decidedBy(UUID person, Consents allowed) {
    Map<Purpose, KeptStatement> deciding = table.deciding(person);
    var decisions = new EnumMap<Purpose, Decision>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      KeptStatement statement = deciding.get(purpose);
      decisions.put(
          purpose,
          statement == null
              ? Decision.assumed(allowed.allow(purpose))
              : Decision.stated(purpose, statement));
    }
    return decisions;
  }

  /** Everything the person stated, one row more than asked for, oldest knowledge first. */
  public List<KeptStatement> statements(UUID person, PageRequest page) {
    return table.of(person, page);
  }
}
