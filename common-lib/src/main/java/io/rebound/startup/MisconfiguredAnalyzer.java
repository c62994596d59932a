package io.rebound.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the text of a {@link Misconfigured} instead of a stack trace. */
final class MisconfiguredAnalyzer extends AbstractFailureAnalyzer<Misconfigured> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, Misconfigured cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Change the configuration and start again.", cause);
  }
}
