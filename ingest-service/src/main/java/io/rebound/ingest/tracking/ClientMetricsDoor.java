package io.rebound.ingest.tracking;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.rebound.ingest.doors.Door;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.doors.DoorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Where analytics.js sends figures about itself: taken, so that it is content, and thrown away. */
@Component
class ClientMetricsDoor implements Door {
  @Override
  public Set<String> paths() {
    return Set.of("v1/m");
  }

  @Override
  public DataSize largestBody(String path) {
    return DataSize.ofKilobytes(64);
  }

  @Override
  public CompletableFuture<DoorAnswer> answer(DoorRequest request) {
    return completedFuture(SegmentAnswers.stored(0, List.of()));
  }

  @Override
  public DoorAnswer refuse(Refusal refusal) {
    return SegmentAnswers.refused(refusal, Duration.ofSeconds(1));
  }
}
