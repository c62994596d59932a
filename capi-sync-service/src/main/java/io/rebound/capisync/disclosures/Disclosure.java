package io.rebound.capisync.disclosures;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to Meta that carried a person's data.
 *
 * @param number of all requests to Meta, ascending
 * @param at when Meta had answered
 * @param to {@code conversions_api} or {@code custom_audience}
 * @param eventIds the person's events in it; null if it changed an audience
 * @param segment whose audience it changed; null if it held events
 * @param change {@code added} or {@code removed}; null if it held events
 * @param outcome what Meta made of it; {@code unknown} where no answer came
 * @param audit the subject under which {@code GET /v1/audit} finds its link
 */
record Disclosure(
    long number,
    Instant at,
    String to,
    @Nullable List<String> eventIds,
    @Nullable String segment,
    @Nullable String audienceId,
    @Nullable String change,
    String outcome,
    @Nullable String fbtraceId,
    String audit) {}
