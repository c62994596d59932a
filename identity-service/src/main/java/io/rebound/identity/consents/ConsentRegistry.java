package io.rebound.identity.consents;

import io.rebound.events.Consents;
import io.rebound.events.Purpose;
import io.rebound.identity.sightings.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What each person allows. The latest statement by its own time holds, of two at the same moment
 * the no, with whichever of the person's identifiers it was made; where a person stated nothing,
 * what their source assumes. Decided from all statements again whenever one comes or persons become
 * one, so that arrival order decides nothing.
 */
@Component
public class ConsentRegistry {
  private final StatementTable statements;
  private final RegistryTable registry;
  private final HistoryTable history;
  private final ConsentAudit audit;

  ConsentRegistry(
      StatementTable statements, RegistryTable registry, HistoryTable history, ConsentAudit audit) {
    this.statements = statements;
    this.registry = registry;
    this.history = history;
    this.audit = audit;
  }

  /**
   * What a batch did to consents.
   *
   * @param registered the persons with a row, after it
   * @param revised whose consents have a new revision
   * @param touched whose profile is to be published again, the revised included
   */
  public record Settled(Map<UUID, Registered> registered, Set<UUID> revised, Set<UUID> touched) {

    /** What the person allows as to this event. */
    public Consents forEvent(UUID person, Map<Purpose, Boolean> assumed) {
      return registered.getOrDefault(person, Registered.NOTHING).effective(assumed);
    }
  }

  /**
   * Keeps every statement for good; what decides of those that aren't anonymous is kept with their
   * identifier, the others' with their device.
   */
  public void add(List<Sighting> sightings) {
    List<Sighting> stating =
        sightings.stream()
            .filter(sighting -> !sighting.event().consent().stated().isEmpty())
            .toList();
    history.add(stating);
    List<Sighting> known = stating.stream().filter(sighting -> !sighting.anonymous()).toList();
    if (!known.isEmpty()) {
      statements.add(known);
    }
  }

  /**
   * Decides again for whom something may have changed. The caller holds them.
   *
   * @param present everybody of the batch
   * @param anew those whose statements are to be looked at again
   * @param absorbed the persons each survivor has just absorbed
   * @param assumptions what sources assume of the persons they named
   */
  public Settled settle(
      Collection<UUID> present,
      Set<UUID> anew,
      Map<UUID, List<UUID>> absorbed,
      Map<UUID, Map<Purpose, Boolean>> assumptions) {
    var wanted = new HashSet<>(present);
    wanted.addAll(anew);
    absorbed.values().forEach(wanted::addAll);
    Map<UUID, Registered> before = registry.read(wanted);
    Map<UUID, List<Statement>> latest = anew.isEmpty() ? Map.of() : statements.latest(anew);
    Map<UUID, Registered> changed = new HashMap<>();
    Set<UUID> revised = new HashSet<>();
    for (Map.Entry<UUID, Registered> entry : before.entrySet()) {
      UUID person = entry.getKey();
      Registered was = entry.getValue();
      Registered now = was.assuming(assumptions.getOrDefault(person, Map.of()));
      for (UUID other : absorbed.getOrDefault(person, List.of())) {
        Registered theirs = before.getOrDefault(other, Registered.NOTHING);
        now = now.assuming(theirs.assumed()).atLeast(theirs.revision());
      }
      if (anew.contains(person)) {
        now = now.stating(byPurpose(latest.getOrDefault(person, List.of())));
      }
      if (!now.equals(was)) {
        changed.put(person, now);
        boolean stated = !now.stated().isEmpty() || now.revision() > 0;
        if (stated && (!now.sameEffectAs(was) || now.revision() != was.revision())) {
          revised.add(person);
        }
      }
    }
    write(before, changed, revised, latest);
    return settled(before, changed, revised);
  }

  private void write(
      Map<UUID, Registered> before,
      Map<UUID, Registered> changed,
      Set<UUID> revised,
      Map<UUID, List<Statement>> latest) {
    if (changed.isEmpty()) {
      return;
    }
    Map<UUID, Long> revisions = registry.write(changed, revised);
    var deciding = new ArrayList<Statement>();
    for (UUID person : revised) {
      Registered was = before.getOrDefault(person, Registered.NOTHING);
      for (Statement statement : latest.getOrDefault(person, List.of())) {
        if (!Boolean.valueOf(statement.value()).equals(was.stated().get(statement.purpose()))) {
          deciding.add(statement);
        }
      }
    }
    if (!deciding.isEmpty()) {
      audit.changed(deciding);
    }
    revisions.forEach((person, revision) ->
        changed.computeIfPresent(
            person, (_, now) -> new Registered(now.stated(), now.assumed(), revision)));
  }

  private static Settled settled(
      Map<UUID, Registered> before, Map<UUID, Registered> changed, Set<UUID> revised) {
    var after = new HashMap<>(before);
    var touched = new HashSet<UUID>(revised);
    changed.forEach((person, now) -> {
      Registered was = before.getOrDefault(person, Registered.NOTHING);
      if (!now.effective().equals(was.effective())) {
        touched.add(person);
      }
      after.put(person, now);
    });
    return new Settled(after, revised, touched);
  }

  private static Map<Purpose, Boolean> byPurpose(List<Statement> statements) {
    var byPurpose = new HashMap<Purpose, Boolean>();
    statements.forEach(statement -> byPurpose.put(statement.purpose(), statement.value()));
    return byPurpose;
  }

  /** What these persons allow as of now. */
  public Map<UUID, Consents> effective(Collection<UUID> persons) {
    var consents = new HashMap<UUID, Consents>();
    registry.read(persons).forEach((person, one) -> consents.put(person, one.effective()));
    return consents;
  }
}
