package io.rebound.identity.graph;

import io.rebound.consumption.ClockHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.identity.devices.Devices;
import io.rebound.identity.devices.Shown;
import io.rebound.identity.locks.Held;
import io.rebound.identity.locks.Locks;
import io.rebound.identity.sightings.Erasures;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What is done between batches: an operator's decision on links is carried out, and events that
 * were too many for one transaction are given to whose they are now.
 */
@Component
public class TendGraph implements ClockHandler {
  private static final int DECISIONS_AT_ONCE = 100;

  private final Erasures erasures;
  private final Locks locks;
  private final EvidenceTable evidence;
  private final Aliases aliases;
  private final Regroup regroup;
  private final Devices devices;
  private final TellOfPersons tell;
  private final GraphMeters meters;

  TendGraph(
      Erasures erasures,
      Locks locks,
      EvidenceTable evidence,
      Aliases aliases,
      Regroup regroup,
      Devices devices,
      TellOfPersons tell,
      GraphMeters meters) {
    this.erasures = erasures;
    this.locks = locks;
    this.evidence = evidence;
    this.aliases = aliases;
    this.regroup = regroup;
    this.devices = devices;
    this.tell = tell;
    this.meters = meters;
  }

  @Override
  public Tick tick(Instant now, Set<Integer> partitions) {
    if (!evidence.anyWork()) {
      return Tick.nothing();
    }
    erasures.keepOut();
    Told told = locks.holding(held -> tend(now, held));
    meters.told(told);
    return new Tick(told.outgoing(), told.more());
  }

  private Told tend(Instant now, Held held) {
    List<UUID> decided = evidence.decided(DECISIONS_AT_ONCE);
    List<Long> due = devices.due();
    if (decided.isEmpty() && due.isEmpty()) { // other threads have it
      return new Told(new Outgoing(), 0, 0, 0, 0, Set.of(), false);
    }
    Set<UUID> everybody = new HashSet<>(evidence.personsIn(decided));
    everybody.addAll(aliases.ids(everybody));
    locks.hold(held, Map.of(), everybody);
    List<UUID> concerned = evidence.personsIn(decided);
    held.requirePersons(concerned);
    Regrouped regrouped =
        concerned.isEmpty() ? Regrouped.nothing() : regroup.regroup(concerned, Set.of(), now, held);
    Devices.Settled settled =
        devices.settle(new Shown(List.of(), Set.of(), regrouped.identifiers(), due, false), held);
    return tell.of(now, false, Linked.of(regrouped), settled, held).andMore(evidence.anyWork());
  }
}
