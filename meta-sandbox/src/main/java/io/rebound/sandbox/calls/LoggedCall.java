package io.rebound.sandbox.calls;

import java.time.Instant;

/**
 * A Graph call that is over. It has neither its query nor its headers nor its body, for tokens and
 * people's data are there.
 *
 * @param at when it came, by the sandbox's clock
 * @param status of the answer; 0 if the connection ended without one
 * @param code Meta's error code; 0 if the answer is no error
 * @param millis how long it took
 * @param traceId the answer's {@code X-FB-Trace-ID}
 */
public record LoggedCall(
    Instant at, String method, String path, int status, int code, long millis, String traceId) {}
