package io.rebound.sandbox.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.ObjectNode;

/** Reads a feed's file, CSV or TSV and maybe gzipped, one row after the other. */
final class FeedFile {
  private static final int LONGEST_RECORD = 5_242_880;
  private static final int LONGEST_HEADER = 1 << 16;
  private static final char[] DELIMITERS = {',', '\t', '|', ';', '~'};

  private final Path file;
  private final FeedFields fields;
  private final int mostRows;

  FeedFile(Path file, FeedFields fields, int mostRows) {
    this.file = file;
    this.fields = fields;
    this.mostRows = mostRows;
  }

  /**
   * Tells every row to the content.
   *
   * @throws UnreadableFeed if it isn't a file that can be read to its end
   */
  void read(String delimiter, FeedContent content, FeedProblems problems) throws UnreadableFeed {
    try (InputStream bytes = plain(new BufferedInputStream(Files.newInputStream(file)));
        var text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(separator(delimiter, text))
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowUnclosedQuote(false) // a file cut off within a value
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(text)) {
      read(records, content, problems);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      // the parser's own words may repeat the file's
      throw new UnreadableFeed("FILE_UNREADABLE", "The file can't be read to its end");
    }
  }

  private void read(Iterable<CsvRecord> records, FeedContent content, FeedProblems problems)
      throws UnreadableFeed {
    List<String> header = null;
    for (CsvRecord line : records) {
      if (header == null) {
        header = header(line);
        continue;
      }
      if (content.detected() >= mostRows) {
        throw new UnreadableFeed("TOO_MANY_ITEMS", "The file has more than " + mostRows + " rows");
      }
      ObjectNode row = fields.row(header, line.getFields());
      content.row(line.getStartingLineNumber(), row, problems);
    }
    if (header == null) {
      throw new UnreadableFeed("EMPTY_FILE", "The file is empty");
    }
  }

  private static List<String> header(CsvRecord line) throws UnreadableFeed {
    List<String> names =
        line.getFields().stream()
            .map(name -> name.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
            .toList();
    if (!names.contains("id")) {
      throw new UnreadableFeed(
          "MISSING_HEADER", "The first row must name the fields, among them id");
    }
    return names;
  }

  private static InputStream plain(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return zipped ? new GZIPInputStream(in) : in;
  }

  private static char separator(String delimiter, BufferedReader text) throws IOException {
    return switch (delimiter) {
      case "COMMA" -> ',';
      case "TAB" -> '\t';
      case "BAR" -> '|';
      case "TILDE" -> '~';
      case "SEMICOLON" -> ';';
      default -> detected(text);
    };
  }

  // field names have none of these characters, so the most frequent one parts them
  private static char detected(BufferedReader text) throws IOException {
    text.mark(LONGEST_HEADER);
    char[] start = new char[LONGEST_HEADER - 1];
    int length = Math.max(0, text.read(start));
    text.reset();
    String header = new String(start, 0, length).lines().findFirst().orElse("");
    char best = ',';
    for (char candidate : DELIMITERS) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
