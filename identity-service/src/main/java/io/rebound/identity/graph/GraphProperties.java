package io.rebound.identity.graph;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Guard rails of the identity graph.
 *
 * @param mostOthers a value that was seen with more than so many strong values of some type other
 *     than its own is blocked: it links nobody, and what it has linked is undone
 * @param outsizeAbove a person with more than so many identifiers raises the alarm
 */
@ConfigurationProperties("rebound.identity.graph")
record GraphProperties(@DefaultValue("50") int mostOthers, @DefaultValue("50") int outsizeAbove) {
  GraphProperties {
    if (mostOthers < 1 || outsizeAbove < 1) {
      throw new IllegalArgumentException("rebound.identity.graph: its limits are at least 1");
    }
  }
}
