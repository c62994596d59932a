package io.rebound.ingest.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file row by row and holds no more of it than one row. */
interface RowReader {

  /**
   * The next row; null at the end. What is wrong within a row is for its format to say.
   *
   * @throws UnreadableUpload if nothing after this point can be read
   * @throws IOException if the upload broke off
   */
  @Nullable Row next() throws IOException;
}
