package io.rebound.catalogfeed.feeds;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.rebound.catalogfeed.products.Product;
import io.rebound.catalogfeed.products.ProductField;
import io.rebound.catalogfeed.products.Products;
import io.rebound.problems.NotFound;
import io.rebound.problems.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /feeds/{catalog_id}.csv}: all products as Meta's scheduled fetch wants them, written
 * while they are read.
 */
@RestController
class FeedController {
  private final Products products;
  private final FeedProperties properties;
  private final FeedToken token;
  private final TransactionTemplate reading;

  FeedController(
      Products products,
      FeedProperties properties,
      FeedToken token,
      PlatformTransactionManager transactions) {
    this.products = products;
    this.properties = properties;
    this.token = token;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
  }

  @GetMapping("/feeds/{catalogId}.csv")
  void csv(
      @PathVariable String catalogId,
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
      @RequestParam(name = "token", required = false) @Nullable String parameter,
      HttpServletResponse response)
      throws IOException {
    if (!token.opens(authorization, parameter)) {
      throw unauthorized();
    }
    if (!catalogId.equals(properties.catalogId())) {
      throw new NotFound("A feed for this catalogue");
    }
    response.setContentType("text/csv;charset=UTF-8");
    write(response.getOutputStream());
  }

  private static ErrorResponseException unauthorized() {
    var refusal =
        new ErrorResponseException(
            HttpStatus.UNAUTHORIZED,
            Problems.of(HttpStatus.UNAUTHORIZED, "unauthorized", "The feed's token must be given"),
            null);
    refusal.getHeaders().set("WWW-Authenticate", "Basic realm=\"feed\"");
    return refusal;
  }

  private void write(OutputStream out) {
    reading.executeWithoutResult(_ -> {
      try (CsvWriter csv =
              CsvWriter.builder()
                  .lineDelimiter(LineDelimiter.LF)
                  .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          Stream<Product> all = products.all()) {
        csv.writeRecord(header());
        all.forEach(product -> csv.writeRecord(row(product)));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private static List<String> header() {
    var header = new ArrayList<String>();
    header.add("id");
    for (ProductField field : ProductField.values()) {
      header.add(field.wireName());
    }
    return header;
  }

  private static List<String> row(Product product) {
    var row = new ArrayList<String>();
    row.add(product.id());
    for (ProductField field : ProductField.values()) {
      row.add(product.fields().getOrDefault(field.wireName(), ""));
    }
    return row;
  }
}
