package io.rebound.sandbox.whatsapp;

import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.graph.Params;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds whom a message is for: {@code to} is a number, {@code recipient} a business-scoped user id;
 * with both given, {@code to} wins (Meta: Business-scoped user IDs).
 */
@Component
class Receivers {
  private final PersonStore persons;

  Receivers(PersonStore persons) {
    this.persons = persons;
  }

  Receiver of(Params params) {
    if (!params.text("recipient_type").orElse("individual").equals("individual")) {
      throw GraphError.invalidParameter("Param recipient_type must be one of {INDIVIDUAL}");
    }
    Optional<String> to = params.text("to");
    if (to.isPresent()) {
      return withNumber(to.get());
    }
    return withUserId(
        params
            .text("recipient")
            .orElseThrow(() -> Refusals.missing("The parameter to is required")));
  }

  private Receiver withNumber(String to) {
    String number = SandboxMessage.digits(to);
    if (number == null) {
      throw Refusals.invalid("to must be a telephone number");
    }
    return new Receiver(to, persons.of(number), true);
  }

  private Receiver withUserId(String recipient) {
    if (!UserIds.isOne(recipient)) {
      throw Refusals.invalid("recipient must be a business-scoped user id");
    }
    Person person =
        persons
            .withUserId(recipient)
            .orElseThrow(
                () -> Refusals.invalid("recipient is no user id of this business portfolio"));
    return new Receiver(recipient, person, false);
  }
}
