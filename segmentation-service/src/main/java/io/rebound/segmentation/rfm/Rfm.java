package io.rebound.segmentation.rfm;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's purchases in three numbers, and their scores.
 *
 * @param personId left out where the answer is about one person anyway
 * @param recencyDays whole days since the last purchase
 * @param frequency distinct orders
 * @param monetary the sum of their values
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rfm(
    @Nullable UUID personId,
    int recencyDays,
    int frequency,
    BigDecimal monetary,
    int r,
    int f,
    int m,
    String label) {}
