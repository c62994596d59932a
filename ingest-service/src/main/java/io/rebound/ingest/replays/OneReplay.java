package io.rebound.ingest.replays;

import io.rebound.ingest.quarantine.KeptEvent;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tries one rejected event again and writes down what it came to. */
@Component
class OneReplay {
  private final SecondTry secondTry;
  private final Settlement settlement;

  OneReplay(SecondTry secondTry, Settlement settlement) {
    this.secondTry = secondTry;
    this.settlement = settlement;
  }

  /** Waits for Kafka; settled on return, unless Kafka doesn't take events. */
  Verdict of(KeptEvent kept) {
    Verdict verdict = secondTry.of(kept).join();
    switch (verdict) {
      case Verdict.Accepted accepted -> settlement.settle(List.of(accepted), List.of(), () -> true);
      case Verdict.Rejected rejected -> settlement.settle(List.of(), List.of(rejected), () -> true);
      case Verdict.NotDurable _ -> {}
    }
    return verdict;
  }
}
