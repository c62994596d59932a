package io.rebound.capisync.audiences;

import io.rebound.capisync.audiences.Members.Due;
import io.rebound.capisync.people.People;
import io.rebound.capisync.people.PersonNow;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.UnknownSealingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares what Meta was told of members with what holds now. */
@Component
class AudienceChanges {
  private final People people;
  private final AudienceRows rows;

  AudienceChanges(People people, AudienceRows rows) {
    this.people = people;
    this.rows = rows;
  }

  /**
   * What is to be told.
   *
   * @param removals rows of people who don't belong there, or go by other keys now
   * @param gone whose rows these are
   * @param others whose keys may be among those taken away, because they are or were one with
   *     somebody gone
   * @param additions rows by person
   * @param keys the sealed keys that the additions came from
   * @param waiting whose keys are sealed to a key that isn't here: nothing is known of them now
   */
  record Changes(
      List<List<String>> removals,
      Set<UUID> gone,
      Set<UUID> others,
      Map<UUID, List<List<String>>> additions,
      Map<UUID, List<SealedWithEvent>> keys,
      List<Due> waiting) {}

  Changes of(List<Due> due) {
    Map<UUID, PersonNow> now =
        people.now(due.stream().map(Due::person).collect(Collectors.toSet()));
    Map<UUID, List<SealedWithEvent>> profiles =
        people.matchKeys(due.stream().map(Due::person).toList());
    Set<UUID> allowedOnce = people.whoAllowedOnce(due.stream().map(Due::person).toList());
    var removals = new ArrayList<List<String>>();
    var gone = new TreeSet<UUID>();
    var others = new TreeSet<UUID>();
    var additions = new HashMap<UUID, List<List<String>>>();
    var keys = new HashMap<UUID, List<SealedWithEvent>>();
    var waiting = new ArrayList<Due>();
    for (Due member : due) {
      PersonNow person = now.get(member.person());
      List<SealedWithEvent> profile = profiles.getOrDefault(member.person(), List.of());
      List<List<String>> wanted;
      List<List<String>> told;
      try {
        List<List<String>> current = rows.of(profile);
        wanted = member.member() && mayBeThere(person) ? current : List.of();
        told = told(member, current, wanted, allowedOnce);
      } catch (UnknownSealingKey e) {
        waiting.add(member);
        continue;
      }
      boolean same = told.equals(wanted);
      if (same && member.sentKeys() != null && !member.telling()) {
        continue;
      }
      if ((!same && !told.isEmpty()) || (member.there() && wanted.isEmpty())) {
        told.stream().filter(row -> !wanted.contains(row)).forEach(removals::add);
        gone.add(member.person());
        if (person != null && person.isAlias()) {
          others.add(person.survivor());
        }
      }
      if (!wanted.isEmpty()) {
        additions.put(member.person(), wanted);
        keys.put(member.person(), profile);
      }
    }
    if (!removals.isEmpty()) {
      others.addAll(people.everMergedInto(gone));
    }
    others.removeAll(gone);
    return new Changes(removals, gone, others, additions, keys, waiting);
  }

  private static boolean mayBeThere(@Nullable PersonNow person) {
    return person != null
        && !person.isAlias()
        && person.adsConsent() != null
        && person.adsConsent().allowed();
  }

  /**
   * The rows Meta may hold. Where we don't know what it was told, because the database was restored
   * or a join was overtaken by its leave, it can only have been the present keys; of who never
   * allowed it, nothing, and their removal would be what discloses them.
   */
  private List<List<String>> told(
      Due member, List<List<String>> current, List<List<String>> wanted, Set<UUID> allowedOnce) {
    if (member.sentKeys() != null) {
      return rows.of(member.sentKeys());
    }
    return member.there() && wanted.isEmpty() && allowedOnce.contains(member.person())
        ? current
        : List.of();
  }
}
