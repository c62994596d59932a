package io.rebound.sandbox.limits;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The limits of the lifelike profile; {@code sandbox.yml} explains and defaults each. */
@ConfigurationProperties("sandbox.limits")
record LimitsProperties(
    @DefaultValue("full") Tier tier,
    @DefaultValue("20000") long appCallsPerHour,
    @DefaultValue("10") int shownFrom,
    @DefaultValue Map<UseCase.Type, Long> quotas) {

  long quota(UseCase use) {
    Long own = quotas.get(use.type());
    return own == null ? tier.quota(use) : own;
  }
}
