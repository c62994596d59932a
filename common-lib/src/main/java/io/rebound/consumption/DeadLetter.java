package io.rebound.consumption;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a handler could not take because of what it holds.
 *
 * @param reason the defect, without any value of the record
 * @param retriedAt when it was last appended to its topic anew, if it was
 */
public record DeadLetter(
    long id,
    String topic,
    int partition,
    long offset,
    String reason,
    Instant failedAt,
    @Nullable Instant retriedAt) {}
