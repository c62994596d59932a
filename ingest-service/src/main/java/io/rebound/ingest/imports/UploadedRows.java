package io.rebound.ingest.imports;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an upload in their order, and the digest of those that were read. */
final class UploadedRows {
  private final RowReader rows;
  private final UploadDigest digest = new UploadDigest();
  private long count;

  UploadedRows(RowReader rows) {
    this.rows = rows;
  }

  /**
   * Reads over rows that are known.
   *
   * @param expected the digest of all rows up to there; null if there was none
   * @return false if they are other rows, or fewer
   */
  boolean skip(long count, byte @Nullable [] expected) throws IOException {
    for (long i = 0; i < count; i++) {
      if (next() == null) {
        return false;
      }
    }
    return expected == null || MessageDigest.isEqual(digest(), expected);
  }

  /** The next rows, fewer only at the end, none after it. */
  List<Row> batch(int size) throws IOException {
    var batch = new ArrayList<Row>(size);
    while (batch.size() < size) {
      Row row = next();
      if (row == null) {
        break;
      }
      batch.add(row);
    }
    return batch;
  }

  /** How many were read. */
  long count() {
    return count;
  }

  /** Of all rows that were read. */
  byte[] digest() {
    return digest.soFar();
  }

  private @Nullable Row next() throws IOException {
    Row row = rows.next();
    if (row != null) {
      digest.add(row.element());
      count++;
    }
    return row;
  }
}
