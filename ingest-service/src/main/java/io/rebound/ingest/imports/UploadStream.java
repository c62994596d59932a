package io.rebound.ingest.imports;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An upload's bytes, decompressed if they are gzip whatever their label says, up to a limit. */
final class UploadStream extends FilterInputStream {
  private static final int BUFFER = 64 * 1024;

  private final long limit;
  private long read;

  private UploadStream(InputStream plain, long limit) {
    super(plain);
    this.limit = limit;
  }

  static InputStream of(InputStream body, long limit) throws IOException {
    var buffered = new BufferedInputStream(body, BUFFER);
    buffered.mark(2);
    boolean zipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    InputStream plain = zipped ? unzipped(buffered) : buffered;
    return new BufferedInputStream(new UploadStream(plain, limit), BUFFER);
  }

  private static InputStream unzipped(InputStream zipped) throws IOException {
    try {
      return new GZIPInputStream(zipped, BUFFER);
    } catch (ZipException e) {
      throw notGzip();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    try {
      count = super.read(into, offset, length);
    } catch (ZipException e) {
      throw notGzip();
    }
    read += Math.max(0, count);
    if (read > limit) {
      throw UnreadableUpload.tooLarge(limit);
    }
    return count;
  }

  private static UnreadableUpload notGzip() {
    return new UnreadableUpload("body", "begins as gzip and isn't");
  }
}
