package io.rebound.sandbox.faults;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A response whose body ends early: its length promises more than arrives. */
public final class Truncation extends HttpServletResponseWrapper {
  private final int bytes;

  private Truncation(HttpServletResponse response, int bytes) {
    super(response);
    this.bytes = bytes;
  }

  /** The response as the fault leaves it; the same one if its body arrives whole. */
  public static HttpServletResponse of(
      Fault fault, HttpServletRequest request, HttpServletResponse response) {
    if (fault.bodyBytes() == Fault.WHOLE) {
      return response;
    }
    AbruptEnd.mark(request);
    return new Truncation(response, fault.bodyBytes());
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return new Beginning(super.getOutputStream(), bytes);
  }

  private static final class Beginning extends ServletOutputStream {
    private final ServletOutputStream whole;
    private int left;

    Beginning(ServletOutputStream whole, int left) {
      this.whole = whole;
      this.left = left;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] body, int offset, int length) throws IOException {
      int part = Math.min(left, length);
      whole.write(body, offset, part);
      left -= part;
      whole.flush(); // or the abrupt end takes the beginning with it
    }

    @Override
    public boolean isReady() {
      return whole.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      whole.setWriteListener(listener);
    }
  }
}
