package io.rebound.ingest.imports;

import io.rebound.problems.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Opens a file as its kind and its request say. */
@Component
class RowReaders {
  private final ImportsProperties properties;

  RowReaders(ImportsProperties properties) {
    this.properties = properties;
  }

  /**
   * A file that is open.
   *
   * @param envelope what the request says about all rows
   */
  record Opened(RowReader rows, Map<String, String> envelope) {}

  /** Throws {@link InvalidRequest} if the request or the file's header can't be worked with. */
  Opened open(Upload upload) throws IOException {
    InputStream file = UploadStream.of(upload.body(), properties.largestUpload().toBytes());
    int longest = Math.toIntExact(properties.longestRow().toBytes());
    if (upload.kind() == ImportKind.OFFLINE_EVENTS) {
      var parameters =
          OfflineParameters.of(properties.columnsOf(upload.source().id()), upload.parameters());
      return new Opened(
          CsvRows.of(file, parameters, longest, properties.mostColumns()), parameters.envelope());
    }
    upload.parameters().keySet().stream()
        .findFirst()
        .ifPresent(name -> {
          throw new InvalidRequest(name, "is no parameter of this import");
        });
    return new Opened(new JsonLines(file, longest), Map.of());
  }
}
