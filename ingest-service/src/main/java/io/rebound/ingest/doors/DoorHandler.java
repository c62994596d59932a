package io.rebound.ingest.doors;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection, between the HTTP codec and the framework: requests for a door are read and
 * answered here, all others go on. A request here is one look-up of its path, one body and one
 * answer; {@code ./rebound bench doors} tells what it costs beside a bare server.
 *
 * <p>Answers go out in the order of the requests: while one is being made, what the client sends
 * behind it waits, and once something waits nothing more is read. Runs on the connection's event
 * loop.
 */
final class DoorHandler extends ChannelDuplexHandler {
  private final EventDoors doors;
  private final DoorsProperties properties;
  private final Clock clock;
  private final Deque<Object> waiting = new ArrayDeque<>(0);
  private @Nullable Visit visit;
  private int withFramework;
  private boolean inputOver;
  private @Nullable ChannelPromise closing;

  DoorHandler(EventDoors doors, DoorsProperties properties, Clock clock) {
    this.doors = doors;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (waiting.isEmpty() && !mustWait(message)) {
      take(context, message);
    } else {
      waiting.add(message);
      context.channel().config().setAutoRead(false);
    }
  }

  /** Whether the answer to an earlier request has to go out first. */
  private boolean mustWait(Object message) {
    if (visit != null) {
      return visit.isRead();
    }
    return withFramework > 0
        && message instanceof HttpRequest request
        && door(request, RequestPath.of(request.uri())) != null;
  }

  private void take(ChannelHandlerContext context, Object message) {
    if (visit != null && message instanceof HttpContent content) {
      visit.read(content);
    } else if (message instanceof HttpRequest request) {
      begin(context, request);
    } else {
      context.fireChannelRead(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    String path = RequestPath.of(request.uri());
    Door door = door(request, path);
    if (door == null) {
      withFramework++;
      context.fireChannelRead(request);
      return;
    }
    visit =
        new Visit(
            context, door, path, request, properties, clock, another -> leave(context, another));
    visit.begin();
    if (request instanceof HttpContent whole) {
      visit.read(whole);
    }
  }

  private @Nullable Door door(HttpRequest request, String path) {
    return request.decoderResult().isSuccess() ? doors.at(path) : null;
  }

  /** The answer is out. */
  private void leave(ChannelHandlerContext context, boolean anotherMayCome) {
    visit = null;
    if (closing != null) {
      context.close(closing);
      return;
    }
    if (!anotherMayCome) {
      return;
    }
    drain(context);
    if (inputOver && visit == null) {
      context.close();
      return;
    }
    if (mayRead()) {
      context.read();
    }
  }

  private void drain(ChannelHandlerContext context) {
    while (!waiting.isEmpty() && !mustWait(waiting.getFirst())) {
      take(context, waiting.removeFirst());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    if (visit != null && mayRead()) {
      context.read();
    }
  }

  // Also while an answer is made: not to look for more costs two system calls a request. What comes
  // then waits, and with it all that follows.
  private boolean mayRead() {
    return waiting.isEmpty();
  }

  /** The client sends nothing any more, and may still wait for its answer. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputOver = true;
      if (visit == null || !visit.isRead()) {
        context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  /** An answer of the framework's. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    context.write(message, promise);
    if (message instanceof LastHttpContent && !isInterim(message)) {
      withFramework = Math.max(0, withFramework - 1);
      if (withFramework == 0 && !waiting.isEmpty()) {
        context.executor().execute(() -> drain(context));
      }
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof FullHttpResponse
        && message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** A server that stops closes its connections: one whose events are being kept is answered. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (visit != null && visit.isRead()) {
      closing = promise;
    } else {
      context.close(promise);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    if (closing != null) {
      closing.trySuccess();
    }
    context.fireChannelInactive();
  }
}
