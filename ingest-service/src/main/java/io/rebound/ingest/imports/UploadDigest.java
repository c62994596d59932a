package io.rebound.ingest.imports;

import io.rebound.ingest.intake.Element;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over the rows of a file so far: tells whether an upload goes on with the same file. */
final class UploadDigest {
  private final MessageDigest digest;

  UploadDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  void add(Element row) {
    digest.update(row.body(), row.from(), row.size());
    digest.update((byte) '\n');
  }

  /** Of the rows so far; more may follow. */
  byte[] soFar() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // every SHA-256 of Java can
    }
  }
}
