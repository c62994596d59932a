package io.rebound.ingest.tracking;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Segment's e-commerce events (version 2, and the names of version 1) are called at Meta.
 * Names are compared without regard to case; one that isn't known passes as it is.
 */
final class EventNames {
  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    map("Purchase", "Order Completed", "Completed Order");
    map("ViewContent", "Product Viewed", "Viewed Product");
    map("AddToCart", "Product Added", "Added Product", "Wishlist Product Added to Cart");
    map("AddToWishlist", "Product Added to Wishlist");
    map("InitiateCheckout", "Checkout Started", "Started Order");
    map("AddPaymentInfo", "Payment Info Entered");
    map("Search", "Products Searched");
    map("CompleteRegistration", "Signed Up");
    map("StartTrial", "Trial Started");
    // version 1 of names that have no counterpart at Meta: one name for one thing
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

  static String atMeta(String name) {
    return NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
  }

  private static void map(String atMeta, String... segment) {
    NAMES.put(atMeta.toLowerCase(Locale.ROOT), atMeta);
    for (String name : segment) {
      NAMES.put(name.toLowerCase(Locale.ROOT), atMeta);
    }
  }
}
