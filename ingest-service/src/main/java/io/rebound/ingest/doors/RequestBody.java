package io.rebound.ingest.doors;

import io.netty.buffer.ByteBuf;
import io.rebound.ingest.doors.Door.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Gathers a body without ever holding more of it than the door allows. */
final class RequestBody {
  private RequestBody() {}

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

  /** The whole body, decompressed; fails with {@link Unusable}. */
  static Mono<byte[]> of(HttpServerRequest request, int limit) {
    if (announcedSize(request) > limit) {
      return Mono.error(new Unusable(Refusal.TOO_LARGE));
    }
    return request
        .receive()
        .reduceWith(() -> new Gathered(limit), Gathered::add)
        .map(gathered -> decompressed(gathered.toByteArray(), encoding(request), limit));
  }

  private static final class Gathered extends ByteArrayOutputStream {
    private final int limit;

    Gathered(int limit) {
      super(1024);
      this.limit = limit;
    }

    /** The caller releases the buffer. */
    Gathered add(ByteBuf piece) {
      int size = piece.readableBytes();
      if (count + size > limit) {
        throw new Unusable(Refusal.TOO_LARGE);
      }
      var bytes = new byte[size];
      piece.readBytes(bytes);
      writeBytes(bytes);
      return this;
    }
  }

  private static long announcedSize(HttpServerRequest request) {
    String length = request.requestHeaders().get("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return 0; // counted while it arrives
    }
  }

  private static @Nullable String encoding(HttpServerRequest request) {
    String encoding = request.requestHeaders().get("Content-Encoding");
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
