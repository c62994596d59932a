package io.rebound.sandbox.inspection;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says what {@code PUT /_sandbox/faults} takes, with examples. */
@RestController
class FaultsSchemaDoor {
  @GetMapping(path = "/_sandbox/faults/schema", produces = "application/schema+json")
  Resource schema() {
    return new ClassPathResource("faults.schema.json");
  }
}
