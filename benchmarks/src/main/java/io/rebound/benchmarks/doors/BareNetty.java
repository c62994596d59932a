package io.rebound.benchmarks.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * The floor under a door: a server with no framework that reads an event as a stream, hashes its
 * e-mail address, writes it again, hands it to Kafka and answers after the acknowledgement. It
 * validates nothing, knows no keys and seals nothing.
 */
final class BareNetty extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String TOPIC = "bare";
  private static final int LARGEST = 64 * 1024;
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] ANSWER = "{\"success\":true}".getBytes(UTF_8);

  private final KafkaProducer<byte[], byte[]> producer;

  private BareNetty(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** {@code <port> <bootstrap servers>}. */
  public static void main(String[] arguments) throws InterruptedException {
    var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", arguments[1], "acks", "all", "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    new ServerBootstrap()
        .group(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()))
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(LARGEST))
                    .addLast(new BareNetty(producer));
              }
            })
        .bind("127.0.0.1", Integer.parseInt(arguments[0]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    producer.send(
        rewritten(ByteBufUtil.getBytes(request.content())),
        (_, failure) -> context.writeAndFlush(answer(failure == null)));
  }

  private static DefaultFullHttpResponse answer(boolean kept) {
    ByteBuf body = Unpooled.wrappedBuffer(ANSWER);
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            kept ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
            body);
    answer
        .headers()
        .set("Content-Type", "application/json")
        .setInt("Content-Length", body.readableBytes());
    return answer;
  }

  /** Keyed by the hash: a person's events stay in order, as behind the door. */
  private static ProducerRecord<byte[], byte[]> rewritten(byte[] event) {
    byte @Nullable [] key = null;
    var out = new ByteArrayOutputStream(event.length + 64);
    try (JsonParser parser = JSON.createParser(event);
        JsonGenerator generator = JSON.createGenerator(out)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && "email".equals(parser.currentName())) {
          String hash = sha256(parser.getString());
          key = hash.getBytes(UTF_8);
          generator.writeString(hash);
        } else {
          generator.copyCurrentEvent(parser);
        }
      }
    }
    return new ProducerRecord<>(TOPIC, key, out.toByteArray());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
