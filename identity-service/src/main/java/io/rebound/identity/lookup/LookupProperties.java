package io.rebound.identity.lookup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How raw values are read at the lookup doors.
 *
 * @param country two letters: the country of telephone numbers without a country code
 */
@ConfigurationProperties("rebound.identity.lookup")
public record LookupProperties(@Nullable String country) {}
