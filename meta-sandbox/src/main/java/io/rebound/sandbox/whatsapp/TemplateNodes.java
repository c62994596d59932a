package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.Area;
import io.rebound.sandbox.graph.Fields;
import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.GraphNodes;
import io.rebound.sandbox.graph.GraphRequest;
import org.springframework.stereotype.Component;

/** The templates by their ids. */
@Component
class TemplateNodes implements GraphNodes {
  private final TemplateStore templates;
  private final TemplateEdits edits;
  private final Reviews reviews;

  TemplateNodes(TemplateStore templates, TemplateEdits edits, Reviews reviews) {
    this.templates = templates;
    this.edits = edits;
    this.reviews = reviews;
  }

  @Override
  public Area area() {
    return Area.WHATSAPP;
  }

  @Override
  public boolean has(String id) {
    return templates.withId(id).isPresent();
  }

  @Override
  public Answer answer(GraphRequest request) {
    Template template = templates.withId(request.object()).orElseThrow(request::unsupported);
    return switch (request.action()) {
      case "GET" ->
          Answer.of(Fields.select(request.params(), template.kept(), BusinessAccount.USUAL_FIELDS));
      case "POST" -> {
        edits.edit(template, request.params());
        yield Answer.success();
      }
      case "POST unpause" -> {
        if (!template.status().equals("PAUSED")) {
          throw GraphError.invalidParameter("The template isn't paused");
        }
        reviews.unpause(template);
        yield Answer.success();
      }
      default -> throw request.unsupported();
    };
  }
}
