package io.rebound.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.CommerceRules.PurchaseMoment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventNamesTest {
  // Segment's e-commerce specification, version 2 and the names of version 1, beside Meta's list of
  // standard events
  @ParameterizedTest
  @CsvSource({
    "Products Searched, Search",
    "Product List Viewed, Product List Viewed",
    "Viewed Product Category, Product List Viewed",
    "Product List Filtered, Product List Filtered",
    "Promotion Viewed, Promotion Viewed",
    "Viewed Promotion, Promotion Viewed",
    "Promotion Clicked, Promotion Clicked",
    "Clicked Promotion, Promotion Clicked",
    "Product Clicked, Product Clicked",
    "Clicked Product, Product Clicked",
    "Product Viewed, ViewContent",
    "Viewed Product, ViewContent",
    "Product Added, AddToCart",
    "Added Product, AddToCart",
    "Product Removed, Product Removed",
    "Removed Product, Product Removed",
    "Cart Viewed, Cart Viewed",
    "Checkout Started, InitiateCheckout",
    "Started Order, InitiateCheckout",
    "Checkout Step Viewed, Checkout Step Viewed",
    "Viewed Checkout Step, Checkout Step Viewed",
    "Checkout Step Completed, Checkout Step Completed",
    "Completed Checkout Step, Checkout Step Completed",
    "Payment Info Entered, AddPaymentInfo",
    "Order Updated, Order Updated",
    "Updated Order, Order Updated",
    "Order Completed, Purchase",
    "Completed Order, Purchase",
    "Order Refunded, Order Refunded",
    "Order Cancelled, Order Cancelled",
    "Order Canceled, Order Cancelled",
    "Coupon Entered, Coupon Entered",
    "Product Added to Wishlist, AddToWishlist",
    "Product Removed from Wishlist, Product Removed from Wishlist",
    "Wishlist Product Added to Cart, AddToCart",
    "Product Shared, Product Shared",
    "Product Reviewed, Product Reviewed",
    "Purchase, Purchase",
    "Lead, Lead",
    "my own event, my own event"
  })
  void segments_names_become_metas_in_any_case(String segment, String expected) {
    CommerceRules usual = CommerceRules.usual();

    assertThat(EventNames.of(segment, usual)).isEqualTo(expected);
    if (!expected.equals(segment)) {
      assertThat(EventNames.of(segment.toUpperCase(Locale.ROOT), usual)).isEqualTo(expected);
    }
    assertThat(EventNames.of(expected, usual)).as("again").isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(PurchaseMoment.class)
  void one_step_of_an_order_is_the_purchase_and_the_others_are_none(PurchaseMoment moment) {
    var steps =
        Map.of(
            PurchaseMoment.PLACED, List.of("Order Completed"),
            PurchaseMoment.PAID, List.of("Order Paid", "Payment Completed"),
            PurchaseMoment.SHIPPED, List.of("Order Fulfilled", "Order Shipped"));
    CommerceRules rules = TestSource.purchaseAt(moment);

    steps.forEach((step, names) ->
        names.forEach(name ->
            assertThat(EventNames.of(name, rules)).isEqualTo(step == moment ? "Purchase" : name)));
    assertThat(EventNames.of("Purchase", rules)).isEqualTo("Purchase");
  }

  @Test
  void a_sources_own_names_go_before_all_others() {
    CommerceRules rules =
        TestSource.names(
            Map.of(
                "order_submitted", "Purchase",
                "Order Completed", "ignore",
                "productViewed", "Looked"));

    assertThat(EventNames.of("Order Submitted", rules)).isEqualTo("Purchase");
    assertThat(EventNames.of("order completed", rules)).isEqualTo(CommerceRules.IGNORE);
    assertThat(EventNames.of("Product Viewed", rules)).isEqualTo("Looked");
    assertThat(EventNames.of("Product Added", rules)).isEqualTo("AddToCart");
  }

  @Test
  void rules_that_mean_nothing_are_refused_at_the_start() {
    assertThatThrownBy(() -> TestSource.names(Map.of("A", " ")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestSource.properties(Map.of("price", List.of("p"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contents.item_price");
  }
}
