package io.rebound.sandbox.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/** What a feed's fetch may cost. */
@ConfigurationProperties("sandbox.feeds")
record FeedsProperties(Duration timeout, DataSize maxSize) {}
