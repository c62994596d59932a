package io.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A port that leads to another, until it is frozen: then connections stay and nothing comes back.
 */
final class FreezableLink implements AutoCloseable {
  private final ServerSocket listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private boolean frozen;

  FreezableLink() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return listener.getLocalPort();
  }

  void leadTo(int target) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listener.isClosed()) {
            try {
              Socket here = listener.accept();
              Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
              Thread.ofVirtual().start(() -> carry(here, there));
              Thread.ofVirtual().start(() -> carry(there, here));
            } catch (IOException closedOrRefused) {
              // the client sees it as a connection that ends
            }
          }
        });
  }

  void freeze() {
    set(true);
  }

  void thaw() {
    set(false);
  }

  private void set(boolean now) {
    lock.lock();
    try {
      frozen = now;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        awaitThaw();
        out.write(bytes, 0, read);
      }
    } catch (IOException ended) {
      // both ends are closed
    }
  }

  private void awaitThaw() {
    lock.lock();
    try {
      while (frozen) {
        thawed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    thaw();
    listener.close();
  }
}
