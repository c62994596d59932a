package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import io.rebound.sandbox.graph.Paging;
import java.util.List;
import org.springframework.stereotype.Component;

/** The WhatsApp business account, which has the templates. */
@Component
class BusinessAccount implements GraphNodes {
  static final String USUAL_FIELDS = "name,parameter_format,components,language,status,category,id";

  private final String id;
  private final TemplateStore templates;
  private final Reviews reviews;
  private final TemplateEdits edits;

  BusinessAccount(
      SandboxProperties properties, TemplateStore templates, Reviews reviews, TemplateEdits edits) {
    this.reviews = reviews;
    this.edits = edits;
    this.id = properties.waba();
    this.templates = templates;
  }

  @Override
  public Area area() {
    return Area.WHATSAPP;
  }

  @Override
  public boolean has(String object) {
    return object.equals(id);
  }

  @Override
  public Answer answer(GraphRequest request) {
    return switch (request.action()) {
      case "GET" ->
          Answer.of(
              Fields.select(
                  request.params(),
                  Answer.object().put("id", id).put("name", "Sandbox business"),
                  "id,name"));
      case "GET message_templates" -> list(request);
      case "POST message_templates" -> create(request);
      case "DELETE message_templates" -> delete(request);
      default -> throw request.unsupported();
    };
  }

  // name is a search, as at Meta: it finds names that contain it
  private Answer list(GraphRequest request) {
    String name = request.params().text("name").orElse("");
    String language = request.params().text("language").orElse("");
    String status = request.params().text("status").orElse("");
    List<Template> found =
        templates.all().stream()
            .filter(template -> template.name().contains(name))
            .filter(template -> language.isEmpty() || template.language().equals(language))
            .filter(template -> status.isEmpty() || template.status().equalsIgnoreCase(status))
            .toList();
    return Paging.page(
        request, found, one -> Fields.select(request.params(), one.kept(), USUAL_FIELDS));
  }

  private Answer create(GraphRequest request) {
    Template template = reviews.submit(TemplateRules.checked(request.params()));
    return Answer.of(
        Answer.object()
            .put("id", template.id())
            .put("status", template.status())
            .put("category", template.kept().path("category").asString()));
  }

  private Answer delete(GraphRequest request) {
    String name =
        request
            .params()
            .text("name")
            .orElseThrow(() -> GraphError.invalidParameter("The parameter name is required"));
    edits.delete(name, request.params().text("hsm_id").orElse(""));
    return Answer.success();
  }
}
