package io.rebound.ingest.doors;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.rebound.ingest.doors.Door.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Gathers a body without ever holding more of it than the door allows. */
final class RequestBody {
  private static final int FIRST = 1024;

  private final HttpHeaders headers;
  private final int limit;
  private byte[] bytes;
  private int size;
  private boolean tooLarge;

  /**
   * @param limit bytes, before and after decompression
   */
  RequestBody(HttpHeaders headers, int limit) {
    this.headers = headers;
    this.limit = limit;
    long announced = announcedSize(headers);
    tooLarge = announced > limit;
    bytes = new byte[tooLarge ? 0 : (int) Math.min(FIRST, Math.max(0, announced))];
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** Bytes that have come. */
  int size() {
    return size;
  }

  /** The caller releases the buffer. */
  void add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - size) {
      tooLarge = true;
      bytes = new byte[0];
      return;
    }
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.min(limit, bytes.length * 2)));
    }
    piece.readBytes(bytes, size, more);
    size += more;
  }

  /** A body that can't become one; carries no stack trace. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Refusal refusal;

    Unusable(Refusal refusal) {
      super(refusal.name(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /** The whole body; fails with {@link Unusable}. */
  byte[] decompressed() {
    byte[] body = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    return decompressed(body, encoding(headers), limit);
  }

  private static long announcedSize(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return 0; // counted while it arrives
    }
  }

  private static @Nullable String encoding(HttpHeaders headers) {
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    return encoding == null ? null : encoding.strip().toLowerCase(Locale.ROOT);
  }

  private static byte[] decompressed(byte[] body, @Nullable String encoding, int limit) {
    if (encoding == null || encoding.isEmpty() || encoding.equals("identity")) {
      return body;
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new Unusable(Refusal.UNKNOWN_ENCODING);
    }
    try (var zipped = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
      byte[] plain = zipped.readNBytes(limit + 1);
      if (plain.length > limit) {
        throw new Unusable(Refusal.TOO_LARGE);
      }
      return plain;
    } catch (IOException notGzip) {
      throw new Unusable(Refusal.NOT_DECOMPRESSED);
    }
  }
}
