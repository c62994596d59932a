package io.rebound.ingest.imports;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/**
 * A request's body as it comes in, for a thread that may wait for it. What isn't read yet stays
 * with the client but for a few buffers.
 */
final class BodyStream extends InputStream {
  private static final int BUFFERS_AHEAD = 16;

  private final Stream<byte[]> pieces;
  private final Iterator<byte[]> next;
  private byte[] piece = new byte[0];
  private int at;

  /**
   * @param idle how long the client may send nothing
   */
  BodyStream(Flux<DataBuffer> body, Duration idle) {
    // copied at once: a buffer that nobody comes to read would be lost to the server's pool
    pieces = body.map(BodyStream::bytes).timeout(idle).toStream(BUFFERS_AHEAD);
    next = pieces.iterator();
  }

  private static byte[] bytes(DataBuffer buffer) {
    var bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? piece[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    try {
      while (at == piece.length) {
        if (!next.hasNext()) {
          return false;
        }
        piece = next.next();
        at = 0;
      }
      return true;
    } catch (RuntimeException brokenOff) {
      throw new IOException("The body broke off", brokenOff);
    }
  }

  @Override
  public void close() {
    pieces.close();
  }
}
