package io.rebound.sandbox.graph;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads parameters from the query, and from a body that is JSON, a form or multipart. A request is
 * read once: whoever asks again gets the same parameters, or the same refusal.
 */
final class RequestReader {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String READ = RequestReader.class.getName();

  private RequestReader() {}

  static Params read(HttpServletRequest request) throws IOException {
    switch (request.getAttribute(READ)) {
      case Params params -> {
        return params;
      }
      case GraphError refusal -> throw refusal;
      case null, default -> {}
    }
    try {
      Params params = readNow(request);
      request.setAttribute(READ, params);
      return params;
    } catch (GraphError refusal) {
      request.setAttribute(READ, refusal);
      throw refusal;
    }
  }

  private static Params readNow(HttpServletRequest request) throws IOException {
    var params = new Params();
    form(params, request.getQueryString());
    String type =
        request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      multipart(params, request);
      return params;
    }
    byte[] body = request.getInputStream().readAllBytes();
    if (body.length > 0) {
      if (type.startsWith("application/x-www-form-urlencoded")) {
        form(params, new String(body, StandardCharsets.UTF_8));
      } else {
        json(params, body, type.startsWith("application/json"));
      }
    }
    return params;
  }

  private static void json(Params params, byte[] body, boolean declared) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isObject()) {
        root.properties().forEach(entry -> params.put(entry.getKey(), entry.getValue()));
      } else if (declared) {
        throw GraphError.invalidParameter("The request body must be a JSON object");
      }
    } catch (JacksonException e) {
      if (declared) {
        throw GraphError.invalidParameter("The request body is not valid JSON");
      }
    }
  }

  static void form(Params params, @Nullable String form) {
    if (form == null || form.isEmpty()) {
      return;
    }
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        params.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void multipart(Params params, HttpServletRequest request) throws IOException {
    try {
      for (Part part : request.getParts()) {
        byte[] content = part.getInputStream().readAllBytes();
        params.put(part.getName(), new String(content, StandardCharsets.UTF_8));
      }
    } catch (ServletException e) {
      throw GraphError.invalidParameter("The request body is not valid multipart");
    }
  }
}
