package io.rebound.segmentation.segments;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.rebound.segmentation.rules.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A named rule.
 *
 * @param audience whether its members are to be kept as a Custom Audience
 * @param when the rule as it was written
 * @param rule the same, read
 */
record Segment(
    String name,
    @Nullable String description,
    boolean audience,
    JsonNode when,
    @JsonIgnore Condition rule,
    @JsonIgnore long revision,
    Instant updatedAt) {}
