package io.rebound.catalogfeed.products;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /v1/products/import}: a product a line (NDJSON), each with its {@code id}, read as it
 * comes in. Good lines are kept, bad ones are named; sending it all again is harmless.
 */
@RestController
class ProductImport {
  private static final int AT_ONCE = 500;
  private static final int NAMED_ERRORS = 100;
  private static final int LONGEST_LINE = 100_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Products products;
  private final AuditLog audit;
  private final TransactionOperations transactions;

  ProductImport(Products products, AuditLog audit, TransactionOperations transactions) {
    this.products = products;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * What became of a line.
   *
   * @param line counted from 1
   */
  record LineError(long line, String field, String reason) {}

  /**
   * What became of an import.
   *
   * @param errors the first hundred
   */
  record Imported(long imported, long rejected, List<LineError> errors) {}

  @PostMapping("/v1/products/import")
  Imported read(InputStream body, Principal caller) throws IOException {
    var batch = new ArrayList<Product>(AT_ONCE);
    var errors = new ArrayList<LineError>();
    long number = 0;
    long imported = 0;
    long rejected = 0;
    try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = next(lines); line != null; line = next(lines)) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          batch.add(product(line));
          imported++;
        } catch (InvalidRequest invalid) {
          rejected++;
          if (errors.size() < NAMED_ERRORS) {
            errors.add(new LineError(number, invalid.field(), invalid.reason()));
          }
        }
        if (batch.size() == AT_ONCE) {
          put(batch, caller);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      put(batch, caller);
    }
    return new Imported(imported, rejected, errors);
  }

  // audited part by part: what is in stays in when the rest of the file never comes
  private void put(List<Product> batch, Principal caller) {
    transactions.executeWithoutResult(_ -> {
      products.put(batch);
      audit.append(
          AuditEntry.administration(caller, AuditAction.PRODUCTS_IMPORTED, Subject.all("product"))
              .with("products", batch.size()));
    });
  }

  /** A line, cut where it is too long to be a product: then it isn't JSON any more. */
  private static @org.jspecify.annotations.Nullable String next(BufferedReader lines)
      throws IOException {
    var line = new StringBuilder();
    int sign = lines.read();
    if (sign < 0) {
      return null;
    }
    while (sign >= 0 && sign != '\n') {
      if (line.length() < LONGEST_LINE) {
        line.append((char) sign);
      }
      sign = lines.read();
    }
    return line.toString();
  }

  private static Product product(String line) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new InvalidRequest("line", "is not a JSON object");
    }
    JsonNode id = json.path("id");
    if (!id.isString() && !id.isNumber()) {
      throw new InvalidRequest("id", "must be given");
    }
    return Product.whole(id.asString(), json);
  }
}
