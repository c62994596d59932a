package io.rebound.consumption;

/**
 * Turns a batch into state and messages. The caller owns the transaction, the position and the
 * sending: what the handler writes through the service's data source and what it returns commit
 * together with the position, or not at all.
 *
 * <p>A handler is a function of its batch and its tables: it reads no clock and draws no random id,
 * so running it again gives the same. It may be run with a part of a batch: a record that makes it
 * fail is isolated by halving and put into the dead letters. It calls nobody over the network.
 */
@FunctionalInterface
public interface BatchHandler<T> {
  Outgoing handle(Batch<T> batch);
}
