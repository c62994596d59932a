package io.rebound.catalogfeed.feeds;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The feed.
 *
 * @param catalogId Meta's id of the catalogue, part of the feed's address
 * @param feedToken what Meta's fetch has to show, as password of Basic authentication, as bearer or
 *     as parameter {@code token}
 */
@ConfigurationProperties("rebound.catalog-feed")
record FeedProperties(@Nullable String catalogId, @Nullable String feedToken) {}
