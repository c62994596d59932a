package io.rebound.consumption;

/**
 * Which log a position is a position in. A topic that was deleted and made again has another id, a
 * cluster that was set up anew as well; offsets of one mean nothing in the other.
 */
record LogIdentity(String clusterId, String topicId, int partitionCount) {}
