package io.rebound.ingest.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.ingest.intake.Element;
import io.rebound.ingest.intake.EventsBody;
import io.rebound.ingest.intake.InvalidEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/** A JSON object a line. A line that is none is a row that its format refuses. */
final class JsonLines implements RowReader {
  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(UTF_8);

  private final InputStream lines;
  private final byte[] buffer;
  private long line;

  JsonLines(InputStream lines, int longestLine) {
    this.lines = lines;
    this.buffer = new byte[longestLine];
  }

  @Override
  public @Nullable Row next() throws IOException {
    while (true) {
      byte[] bytes = line();
      if (bytes == null) {
        return null;
      }
      if (!isBlank(bytes)) {
        return new Row(line, element(bytes));
      }
    }
  }

  private static Element element(byte[] bytes) {
    try {
      return EventsBody.lone(bytes).events().getFirst();
    } catch (InvalidEvent unreadable) {
      return Element.whole(MissingNode.getInstance(), bytes);
    }
  }

  private byte @Nullable [] line() throws IOException {
    int length = 0;
    int next = lines.read();
    if (next < 0) {
      return null;
    }
    line++;
    while (next >= 0 && next != '\n') {
      if (length == buffer.length) {
        throw new UnreadableUpload(
            "line " + line, "is longer than " + buffer.length + " bytes, the limit");
      }
      buffer[length++] = (byte) next;
      next = lines.read();
    }
    int from = line == 1 && startsWithMark(length) ? BYTE_ORDER_MARK.length : 0;
    int to = length > from && buffer[length - 1] == '\r' ? length - 1 : length;
    return Arrays.copyOfRange(buffer, from, to);
  }

  private boolean startsWithMark(int length) {
    return length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte one : bytes) {
      if (one != ' ' && one != '\t') {
        return false;
      }
    }
    return true;
  }
}
