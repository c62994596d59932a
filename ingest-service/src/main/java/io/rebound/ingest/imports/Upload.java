package io.rebound.ingest.imports;

import io.rebound.ingest.sources.Source;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being sent.
 *
 * @param key what it is gone on with after a break; null: it can't be
 * @param contentLength of the body as it was announced, compressed or not
 */
record Upload(
    ImportKind kind,
    Source source,
    @Nullable String key,
    Map<String, String> parameters,
    @Nullable Long contentLength,
    InputStream body) {
  /** Never shows parameters: whoever sends a file may write anything there. */
  @Override
  public String toString() {
    return "Upload[" + kind + ", " + source.id() + "]";
  }
}
