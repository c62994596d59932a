package io.rebound.ingest.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest;
import io.rebound.ingest.sources.WriteKeyTable.Listed;
import io.rebound.ingest.sources.WriteKeyTable.LiveKey;
import io.rebound.problems.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyUsesTest {
  private static final byte[] NOTHING = {'{', '}'};
  private final RunningIngest ingest = RunningIngest.get();
  private final WriteKeyTable table = ingest.bean(WriteKeyTable.class);
  private final String source = "uses-" + UUID.randomUUID();
  private final Instant noon = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @Test
  void uses_are_written_together_and_the_latest_stands() {
    KnownKey one = key();
    KnownKey other = key();
    KnownKey unused = key();
    var uses = new KeyUses(table);

    uses.add(one, noon.minusSeconds(9));
    uses.add(one, noon);
    uses.add(other, noon.minusSeconds(5));
    uses.write();
    uses.add(other, noon.minusSeconds(60)); // another instance's clock
    uses.write();

    assertThat(lastUse(one)).isEqualTo(noon);
    assertThat(lastUse(other)).isEqualTo(noon.minusSeconds(5));
    assertThat(lastUse(unused)).isNull();
  }

  private KnownKey key() {
    String hash = WriteKeys.sha256(WriteKeys.newKey());
    var live = new LiveKey(WriteKeys.newId(), source, hash, null);
    table.add(live, "test", noon, "tests");
    Source at = SourceRules.source(SourceJson.asked(NOTHING, source), EventLimit.NONE);
    return new KnownKey(live.id(), hash, at, false, true, null, null);
  }

  private Instant lastUse(KnownKey key) {
    return table.list(source, new PageRequest(100, null)).stream()
        .filter(one -> one.id().equals(key.id()))
        .map(Listed::lastUsedAt)
        .toList()
        .getFirst();
  }
}
