package io.rebound.identity.privacy;

import io.rebound.events.PrivacyOrder;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request about which something is due.
 *
 * @param order what the services were asked to do
 * @param counts what identity erased and hasn't given its receipt for; null if there is nothing
 * @param sent whether Kafka has everything that identity had to send when it erased
 * @param orders how often the order was sent
 * @param nextOrderAt when it is sent again
 * @param warned whether the log warned of its deadline
 */
record OpenRequest(
    UUID requestId,
    PrivacyOrder order,
    Instant dueAt,
    @Nullable Map<String, Long> counts,
    boolean sent,
    int orders,
    Instant nextOrderAt,
    boolean warned) {}
