package io.rebound.catalogfeed.products;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.NotFound;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Products one by one, under Meta's names for their fields. */
@RestController
class ProductsController {
  private static final int LARGEST_PAGE = 1000;

  /** The audit has no place for free text, which an id may be. */
  private static final Pattern AUDITED_ID = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

  private final Products products;
  private final AuditLog audit;

  ProductsController(Products products, AuditLog audit) {
    this.products = products;
    this.audit = audit;
  }

  @PutMapping("/v1/products/{id}")
  @Transactional
  Map<String, String> put(@PathVariable String id, @RequestBody JsonNode body, Principal caller) {
    Product product = Product.whole(id, body);
    products.put(List.of(product));
    audit.append(entry(caller, AuditAction.PRODUCT_CHANGED, id));
    return shown(product);
  }

  @PatchMapping("/v1/products/{id}")
  @Transactional
  Map<String, String> patch(@PathVariable String id, @RequestBody JsonNode body, Principal caller) {
    Product product = products.hold(id).orElseThrow(() -> unknown(id)).with(body);
    products.put(List.of(product));
    audit.append(entry(caller, AuditAction.PRODUCT_CHANGED, id));
    return shown(product);
  }

  @GetMapping("/v1/products/{id}")
  Map<String, String> get(@PathVariable String id) {
    return shown(products.find(id).orElseThrow(() -> unknown(id)));
  }

  @DeleteMapping("/v1/products/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Transactional
  void delete(@PathVariable String id, Principal caller) {
    if (!products.delete(id)) {
      throw unknown(id);
    }
    audit.append(entry(caller, AuditAction.PRODUCT_DELETED, id));
  }

  @GetMapping("/v1/products")
  Page<Map<String, String>> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after) {
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    Page<Product> found = Page.of(products.list(page.after(), page.oneMore()), page, Product::id);
    return new Page<>(found.data().stream().map(ProductsController::shown).toList(), found.next());
  }

  private static AuditEntry entry(Principal caller, AuditAction action, String id) {
    Subject product =
        AUDITED_ID.matcher(id).matches() ? Subject.of("product", id) : Subject.all("product");
    return AuditEntry.administration(caller, action, product);
  }

  private static NotFound unknown(String id) {
    return new NotFound("Product " + id);
  }

  private static Map<String, String> shown(Product product) {
    var shown = new LinkedHashMap<String, String>();
    shown.put("id", product.id());
    shown.putAll(product.fields());
    return shown;
  }
}
