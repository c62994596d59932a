package io.rebound.benchmarks.doors;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends prepared requests over some connections, one at a time on each, and does as little else as
 * it can: it shares the machine with what it measures.
 */
final class Client implements AutoCloseable {
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /**
   * What came of it.
   *
   * @param requests answered with 2xx
   * @param refused answered otherwise
   */
  record Answers(long requests, long refused, double seconds, Histogram nanos) {
    double perSecond() {
      return requests / seconds;
    }
  }

  /** Keeps that many connections busy for that long. */
  Answers run(int port, int connections, List<byte[]> requests, Duration time)
      throws InterruptedException {
    return run(port, connections, requests, time, Runnable::run);
  }

  /** The same with no more requests a second than that. */
  Answers run(int port, int connections, List<byte[]> requests, Duration time, double perSecond)
      throws InterruptedException {
    var pace = new Pace(perSecond);
    Future<?> looks = loop.scheduleAtFixedRate(pace::catchUp, 1, 1, TimeUnit.MILLISECONDS);
    try {
      return run(port, connections, requests, time, pace);
    } finally {
      looks.cancel(false);
    }
  }

  private Answers run(
      int port, int connections, List<byte[]> requests, Duration time, Executor whenDue)
      throws InterruptedException {
    var nanos = new ConcurrentHistogram(LONGEST, 2);
    var talks = new ArrayList<Talk>();
    var channels = new ArrayList<Channel>();
    for (int number = 0; number < connections; number++) {
      var talk = new Talk(requests, number * 97, nanos, whenDue);
      talks.add(talk);
      channels.add(connect(port, talk));
    }
    long start = System.nanoTime();
    for (int number = 0; number < connections; number++) {
      Talk talk = talks.get(number);
      Channel channel = channels.get(number);
      channel.eventLoop().execute(() -> whenDue.execute(() -> talk.send(channel)));
    }
    LockSupport.parkNanos(time.toNanos());
    talks.forEach(talk -> talk.over = true);
    long answered = talks.stream().mapToLong(talk -> talk.answered).sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    long refused = talks.stream().mapToLong(talk -> talk.refused).sum();
    for (Channel channel : channels) {
      channel.close().sync();
    }
    return new Answers(answered, refused, seconds, nanos);
  }

  private Channel connect(int port, Talk talk) throws InterruptedException {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(talk);
              }
            })
        .connect("127.0.0.1", port)
        .sync()
        .channel();
  }

  @Override
  public void close() {
    loop.shutdownGracefully();
  }

  /** One connection: a request, its answer, the next request. */
  private static final class Talk extends ChannelInboundHandlerAdapter {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> requests;
    private final Histogram nanos;
    private final Executor whenDue;
    private final ByteBuf answer = Unpooled.buffer(1024);
    private volatile boolean over;
    private volatile long answered;
    private volatile long refused;
    private int next;
    private long sent;

    /**
     * @param whenDue makes each request after the first
     */
    Talk(List<byte[]> requests, int first, Histogram nanos, Executor whenDue) {
      this.requests = requests;
      this.nanos = nanos;
      this.whenDue = whenDue;
      next = first;
    }

    void send(Channel channel) {
      sent = System.nanoTime();
      byte[] request = requests.get(next++ % requests.size());
      channel.writeAndFlush(Unpooled.wrappedBuffer(request));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var piece = (ByteBuf) message;
      answer.writeBytes(piece);
      piece.release();
      if (!complete()) {
        return;
      }
      if (answer.getByte("HTTP/1.1 ".length()) == '2') {
        answered++;
        nanos.recordValue(Math.min(LONGEST, System.nanoTime() - sent));
      } else {
        refused++;
      }
      answer.clear();
      if (!over) {
        whenDue.execute(() -> send(context.channel()));
      }
    }

    /** Whether the header and as many bytes as it says are there. */
    private boolean complete() {
      int length = -1;
      int line = 0;
      int end = answer.writerIndex();
      for (int at = 0; at + 1 < end; at++) {
        if (answer.getByte(at) != '\r' || answer.getByte(at + 1) != '\n') {
          continue;
        }
        if (at == line) {
          return length <= 0 || end - at - 2 >= length;
        }
        if (startsWithLength(line, at)) {
          length = number(line + LENGTH.length, at);
        }
        line = at + 2;
      }
      return false;
    }

    private boolean startsWithLength(int from, int to) {
      if (to - from < LENGTH.length) {
        return false;
      }
      for (int i = 0; i < LENGTH.length; i++) {
        if ((answer.getByte(from + i) | 0x20) != (LENGTH[i] | 0x20)) {
          return false;
        }
      }
      return true;
    }

    private int number(int from, int to) {
      int number = 0;
      for (int at = from; at < to; at++) {
        number = number * 10 + answer.getByte(at) - '0';
      }
      return number;
    }
  }
}
