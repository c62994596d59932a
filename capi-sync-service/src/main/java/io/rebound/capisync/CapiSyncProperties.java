package io.rebound.capisync;

import io.rebound.startup.Misconfigured;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where to send at Meta.
 *
 * @param datasetId the dataset (pixel) that conversions go to
 * @param adAccountId the ad account that owns the audiences, {@code act_…}
 */
@ConfigurationProperties("rebound.capi-sync")
public record CapiSyncProperties(@Nullable String datasetId, @Nullable String adAccountId) {

  public String dataset() {
    return required("dataset-id", datasetId);
  }

  public String adAccount() {
    return required("ad-account-id", adAccountId);
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new Misconfigured("rebound.capi-sync." + name + " must be set");
    }
    return value;
  }
}
