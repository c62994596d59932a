package io.rebound.startup;

/**
 * A key file says something new, and it is in force. Published in the service's context until
 * nobody who listens fails.
 *
 * @param file its name, without folders
 */
public record KeyFileChanged(String file) {}
