package io.rebound.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.rebound.ingest.intake.Element;
import io.rebound.problems.InvalidRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CSV file with a header (RFC 4180, UTF-8 with or without byte order mark). Fields between
 * commas, semicolons or tabs, whichever the header has most of.
 */
final class CsvRows implements RowReader {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DELIMITERS = ",;\t";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Iterator<CsvRecord> records;
  private final ColumnMapping columns;
  private final String limits;
  private long row;

  private CsvRows(Iterator<CsvRecord> records, ColumnMapping columns, String limits) {
    this.records = records;
    this.columns = columns;
    this.limits = limits;
  }

  /** Throws {@link InvalidRequest} if the header can't be worked with. */
  static CsvRows of(InputStream file, OfflineParameters parameters, int longest, int mostColumns)
      throws IOException {
    var text = new BufferedReader(new InputStreamReader(file, UTF_8));
    text.mark(longest + 1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    Character stated = parameters.delimiter();
    char delimiter = stated == null ? delimiter(text, longest) : stated;
    Iterator<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .maxBufferSize(longest)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .allowUnclosedQuote(false)
            .build(
                CsvRecordHandler.of(handler ->
                    handler.maxFields(mostColumns).maxFieldSize(longest).maxRecordSize(longest)),
                text)
            .iterator();
    String limits =
        "is longer than %d characters, has more than %d columns or a quote that isn't closed"
            .formatted(longest, mostColumns);
    CsvRecord header = next(records, "header", limits);
    if (header == null) {
      throw new InvalidRequest("body", "must begin with a header that names the columns");
    }
    return new CsvRows(records, ColumnMapping.of(header.getFields(), parameters), limits);
  }

  @Override
  public @Nullable Row next() throws IOException {
    CsvRecord record = next(records, "row " + (row + 1), limits);
    if (record == null) {
      return null;
    }
    row++;
    ObjectNode json = columns.row(record.getFields());
    return new Row(
        record.getStartingLineNumber(), Element.whole(json, JSON.writeValueAsBytes(json)));
  }

  private static @Nullable CsvRecord next(Iterator<CsvRecord> records, String what, String limits)
      throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new UnreadableUpload(what, limits);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static char delimiter(BufferedReader text, int longest) throws IOException {
    text.mark(longest + 1);
    var counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < longest; i++) {
      int sign = text.read();
      if (sign < 0 || (!quoted && (sign == '\n' || sign == '\r'))) {
        break;
      }
      quoted ^= sign == '"';
      int which = quoted ? -1 : DELIMITERS.indexOf(sign);
      if (which >= 0) {
        counts[which]++;
      }
    }
    text.reset();
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }
}
