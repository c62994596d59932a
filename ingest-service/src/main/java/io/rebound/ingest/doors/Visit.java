package io.rebound.ingest.doors;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.RequestBody.Unusable;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/** A request at a door, from its first byte to its answer. Runs on the connection's event loop. */
final class Visit {
  private static final Logger log = LoggerFactory.getLogger(Visit.class);
  private static final byte[] NOTHING = {};
  private static final int SECONDS_TO_LEAVE = 5;
  // they know their hash
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  private static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");

  private final ChannelHandlerContext context;
  private final Door door;
  private final String path;
  private final HttpRequest request;
  private final DoorsProperties properties;
  private final Clock clock;
  private final Consumer<Boolean> answered;
  private final RequestBody body;
  private boolean read;
  private boolean turnedAway;

  /**
   * @param answered told when the answer is on its way, and whether another request may come
   */
  Visit(
      ChannelHandlerContext context,
      Door door,
      String path,
      HttpRequest request,
      DoorsProperties properties,
      Clock clock,
      Consumer<Boolean> answered) {
    this.context = context;
    this.door = door;
    this.path = path;
    this.request = request;
    this.properties = properties;
    this.clock = clock;
    this.answered = answered;
    this.body =
        new RequestBody(request.headers(), Math.toIntExact(door.largestBody(path).toBytes()));
  }

  /** Whether the request is here as a whole, so that nothing of it can be read any more. */
  boolean isRead() {
    return read;
  }

  void begin() {
    if (body.isTooLarge()) {
      turnAway();
    } else if (HttpUtil.is100ContinueExpected(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  void read(HttpContent piece) {
    boolean last = piece instanceof LastHttpContent;
    if (!turnedAway) {
      body.add(piece.content());
    }
    piece.release();
    if (turnedAway) {
      leaveAfter(last);
    } else if (body.isTooLarge()) {
      turnAway();
      leaveAfter(last);
    } else if (last) {
      read = true;
      answer();
    }
  }

  /** Answers before the whole body is here; the connection can't be used after that. */
  private void turnAway() {
    turnedAway = true;
    FullHttpResponse response = response(door.refuse(Refusal.TOO_LARGE));
    response.headers().set("Connection", "close");
    context.writeAndFlush(response);
    context.executor().schedule(() -> context.close(), SECONDS_TO_LEAVE, TimeUnit.SECONDS);
  }

  private void leaveAfter(boolean last) {
    if (last) {
      context.close();
    }
  }

  private void answer() {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.OPTIONS)) {
      FullHttpResponse response = response(HttpResponseStatus.NO_CONTENT.code(), NOTHING);
      CrossOrigin.preflight(response.headers());
      sendNow(response);
    } else if (!door.methods().contains(method.name())) {
      FullHttpResponse response = response(door.refuse(Refusal.WRONG_METHOD));
      response.headers().set("Allow", String.join(", ", door.methods()) + ", OPTIONS");
      sendNow(response);
    } else if (body.size() > properties.handOver().toBytes()) {
      Schedulers.parallel().schedule(this::askDoor);
    } else {
      askDoor();
    }
  }

  private void askDoor() {
    try {
      door.answer(
              new DoorRequest(
                  path,
                  request.uri(),
                  request.headers(),
                  body.decompressed(),
                  isSecure(),
                  clientAddress(),
                  clock.instant()))
          .whenComplete((answer, failure) -> send(failure == null ? answer : defect(failure)));
    } catch (Unusable unusable) {
      send(door.refuse(unusable.refusal()));
    } catch (RuntimeException defect) {
      send(defect(defect));
    }
  }

  // a proxy that ends TLS says so; it decides nothing but what a caller is told about itself
  private boolean isSecure() {
    String forwarded = request.headers().get(FORWARDED_PROTO);
    return forwarded == null
        ? context.pipeline().get(SslHandler.class) != null
        : forwarded.strip().equalsIgnoreCase("https");
  }

  private @Nullable String clientAddress() {
    String header = properties.clientAddressHeader();
    if (header != null) {
      String forwarded = request.headers().get(header);
      return forwarded == null ? null : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
    return context.channel().remoteAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : null;
  }

  private DoorAnswer defect(Throwable defect) {
    log.atError()
        .addKeyValue("defect", defect.getClass().getName())
        .addKeyValue("at", defect.getStackTrace().length > 0 ? defect.getStackTrace()[0] : "")
        .log("A request can't be answered; the client is told to send it again");
    return door.refuse(Refusal.DEFECT);
  }

  private FullHttpResponse response(DoorAnswer answer) {
    FullHttpResponse response = response(answer.status(), answer.body());
    HttpHeaders headers = response.headers();
    headers.set(CONTENT_TYPE, answer.contentType());
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    if (answer.retryAfter() != null) {
      headers.set("Retry-After", String.valueOf(Math.max(1, answer.retryAfter().toSeconds())));
    }
    return response;
  }

  private FullHttpResponse response(int status, byte[] content) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.wrappedBuffer(content));
    if (status != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().setInt(CONTENT_LENGTH, content.length);
    }
    CrossOrigin.allow(request.headers().get(HttpHeaderNames.ORIGIN), response.headers());
    return response;
  }

  /** From any thread. */
  private void send(DoorAnswer answer) {
    if (context.executor().inEventLoop()) {
      sendNow(response(answer));
    } else {
      context.executor().execute(() -> sendNow(response(answer)));
    }
  }

  private void sendNow(FullHttpResponse response) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
    var sent = context.writeAndFlush(response);
    answered.accept(keepAlive);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
