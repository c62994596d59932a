package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Params;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The audiences by their ids. */
@Component
class AudienceNodes implements GraphNodes {
  private static final List<String> EDITABLE =
      List.of("name", "description", "opt_out_link", "customer_file_source");

  private final AudienceStore audiences;
  private final Uploads uploads;
  private final Terms terms;
  private final String account;

  AudienceNodes(
      AudienceStore audiences, Uploads uploads, Terms terms, SandboxProperties properties) {
    this.audiences = audiences;
    this.uploads = uploads;
    this.terms = terms;
    this.account = properties.adAccount().replace("act_", "");
  }

  @Override
  public Area area() {
    return Area.ADVERTISING;
  }

  @Override
  public boolean has(String id) {
    return audiences.has(id);
  }

  @Override
  public int activeAudiences() {
    return audiences.count();
  }

  @Override
  public Answer answer(GraphRequest request) {
    String id = request.object();
    Params params = request.params();
    return switch (request.action()) {
      case "GET" -> Answer.of(Fields.select(params, shown(request), "id"));
      case "POST" -> update(id, params);
      case "DELETE" -> {
        audiences.delete(id);
        yield Answer.success();
      }
      case "POST users" -> uploads.add(id, params);
      case "DELETE users" -> uploads.remove(id, params);
      case "POST usersreplace" -> uploads.replace(id, account, params);
      default -> throw request.unsupported();
    };
  }

  private ObjectNode shown(GraphRequest request) {
    return audiences
        .shown(request.object())
        .orElseThrow(() -> GraphError.unknownObject(request.method(), request.object()));
  }

  private Answer update(String id, Params params) {
    terms.check();
    ObjectNode changes = Answer.object();
    for (String field : EDITABLE) {
      params.text(field).ifPresent(value -> changes.put(field, value));
    }
    audiences.update(id, changes);
    return Answer.success();
  }
}
