package io.rebound.sealing;

/**
 * An envelope sealed to a key that this service doesn't have: not yet, while a rotation is under
 * way, or not any more. What can wait should.
 */
public final class UnknownSealingKey extends UnreadableSeal {
  private static final long serialVersionUID = 1L;

  UnknownSealingKey() {
    super("The envelope's data key was wrapped to a key we don't have");
  }
}
