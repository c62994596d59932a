package io.rebound.ingest.doors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, {@code multipart/form-data} or {@code application/x-www-form-urlencoded},
 * by what the body looks like: clients' content types lie. In memory only, as the body is.
 */
public final class FormBody {
  private static final int MOST_FIELDS = 100;
  private static final int LONGEST_BOUNDARY = 200;

  // the first line of a multipart body, from which the delimiter of its parts is known
  private static final Pattern DELIMITER =
      Pattern.compile("--([0-9A-Za-z'()+_,./:=? -]{0," + LONGEST_BOUNDARY + "})\r?\n");

  private FormBody() {}

  /** The body is no form; carries no stack trace and nothing of the body. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason, null, false, false);
    }

    /** What is wrong, to be put after the body's name. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Of a field that comes several times the last counts. */
  public static Map<String, String> of(byte[] body) throws Unreadable {
    boolean multipart = body.length > 1 && body[0] == '-' && body[1] == '-';
    return fields(
        body,
        multipart
            ? "multipart/form-data; boundary=\"" + boundary(body) + "\""
            : "application/x-www-form-urlencoded");
  }

  private static String boundary(byte[] body) throws Unreadable {
    int start = Math.min(body.length, LONGEST_BOUNDARY + 4);
    Matcher line = DELIMITER.matcher(new String(body, 0, start, ISO_8859_1));
    if (!line.lookingAt() || line.group(1).isBlank()) {
      throw new Unreadable("begins like a multipart form and is none");
    }
    return line.group(1);
  }

  private static Map<String, String> fields(byte[] body, String contentType) throws Unreadable {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    head.headers().set("Content-Type", contentType);
    @Nullable HttpPostRequestDecoder decoder = null;
    HttpContent content = new DefaultLastHttpContent(Unpooled.wrappedBuffer(body));
    try {
      // the body comes after: a decoder that fails while it is built never gives its copy back
      decoder =
          new HttpPostRequestDecoder(
              new DefaultHttpDataFactory(false), head, UTF_8, MOST_FIELDS, body.length);
      decoder.offer(content);
      var fields = new LinkedHashMap<String, String>();
      for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
        if (part instanceof HttpData data) {
          fields.put(data.getName(), data.getString(UTF_8));
        }
      }
      if (decoder.currentPartialHttpData() != null) {
        throw new Unreadable("ends in the middle of a form's field");
      }
      return fields;
    } catch (HttpPostRequestDecoder.TooManyFormFieldsException e) {
      throw new Unreadable("must have at most " + MOST_FIELDS + " form fields");
    } catch (IOException | RuntimeException unreadable) { // Netty's own and what it trips over
      throw new Unreadable("is not readable as a form");
    } finally {
      if (decoder != null) {
        release(decoder);
      }
      content.release();
    }
  }

  // a field that was begun and not ended belongs to nobody
  private static void release(HttpPostRequestDecoder decoder) {
    InterfaceHttpData begun = decoder.currentPartialHttpData();
    if (begun != null && begun.refCnt() > 0) {
      begun.release();
    }
    decoder.destroy();
  }
}
