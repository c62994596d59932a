package io.rebound.ingest.tracking;

import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.CommerceRules.PurchaseMoment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Segment's e-commerce events (version 2, and the names of version 1) are called at Meta.
 * Names are compared without regard to case; one that isn't known passes as it is. Which of an
 * order's steps is the purchase is the source's choice; the others keep their names.
 */
final class EventNames {
  static final String PURCHASE = "Purchase";
  static final String REFUNDED = "Order Refunded";
  static final String CANCELLED = "Order Cancelled";
  static final String CONSENT_UPDATED = "Segment Consent Preference Updated";

  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, PurchaseMoment> STEPS =
      Map.of(
          "Order Completed", PurchaseMoment.PLACED,
          "Order Paid", PurchaseMoment.PAID,
          "Payment Completed", PurchaseMoment.PAID,
          "Order Fulfilled", PurchaseMoment.SHIPPED,
          "Order Shipped", PurchaseMoment.SHIPPED);

  static {
    map(PURCHASE);
    map("ViewContent", "Product Viewed", "Viewed Product");
    map("AddToCart", "Product Added", "Added Product", "Wishlist Product Added to Cart");
    map("AddToWishlist", "Product Added to Wishlist");
    map("InitiateCheckout", "Checkout Started", "Started Order");
    map("AddPaymentInfo", "Payment Info Entered");
    map("Search", "Products Searched");
    map("CompleteRegistration", "Signed Up");
    map("StartTrial", "Trial Started");
    // names that have no counterpart at Meta: one name for one thing
    map("Order Completed", "Completed Order");
    map("Order Paid", "Paid Order");
    map("Payment Completed", "Completed Payment");
    map("Order Fulfilled", "Fulfilled Order");
    map("Order Shipped", "Shipped Order");
    map(REFUNDED, "Refunded Order");
    map(CANCELLED, "Order Canceled", "Cancelled Order", "Canceled Order");
    map(CONSENT_UPDATED);
    map("Product List Viewed", "Viewed Product Category");
    map("Product Clicked", "Clicked Product");
    map("Product Removed", "Removed Product");
    map("Order Updated", "Updated Order");
    map("Checkout Step Viewed", "Viewed Checkout Step");
    map("Checkout Step Completed", "Completed Checkout Step");
    map("Promotion Viewed", "Viewed Promotion");
    map("Promotion Clicked", "Clicked Promotion");
    // Meta's own standard names
    List.of("Contact", "CustomizeProduct", "Donate", "FindLocation", "Lead", "PageView", "Schedule")
        .forEach(EventNames::map);
    List.of("SubmitApplication", "Subscribe").forEach(EventNames::map);
  }

  private EventNames() {}

  /** The name behind the doors, or {@link CommerceRules#IGNORE}. */
  static String of(String name, CommerceRules rules) {
    String own = rules.nameOf(name);
    if (own != null) {
      return own;
    }
    String known = NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    return STEPS.get(known) == rules.purchaseAt() ? PURCHASE : known;
  }

  /** Whether the event takes back what a purchase gave. */
  static boolean takesBack(String name) {
    return name.equals(REFUNDED) || name.equals(CANCELLED);
  }

  private static void map(String name, String... others) {
    NAMES.put(name.toLowerCase(Locale.ROOT), name);
    for (String other : others) {
      NAMES.put(other.toLowerCase(Locale.ROOT), name);
    }
  }
}
