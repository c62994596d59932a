package io.rebound.ingest.sources;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may send events, beside the sources that were made through the API.
 *
 * @param sources every source given by configuration; they can't be changed through the API
 * @param limit of each write key whose source states none, at each instance of this service
 */
@ConfigurationProperties("rebound.ingest")
record SourcesProperties(
    @DefaultValue List<SourceDefinition> sources,
    @DefaultValue @NestedConfigurationProperty EventLimit limit) {}
