package io.rebound.meta;

import static io.rebound.meta.ErrorCodes.Reaction.ASSET;
import static io.rebound.meta.ErrorCodes.Reaction.AUDIENCE;
import static io.rebound.meta.ErrorCodes.Reaction.BLOCKED;
import static io.rebound.meta.ErrorCodes.Reaction.NUMBER;
import static io.rebound.meta.ErrorCodes.Reaction.PERMISSION;
import static io.rebound.meta.ErrorCodes.Reaction.REFUSED;
import static io.rebound.meta.ErrorCodes.Reaction.RETRY;
import static io.rebound.meta.ErrorCodes.Reaction.TEMPLATE;
import static io.rebound.meta.ErrorCodes.Reaction.TERMS;
import static io.rebound.meta.ErrorCodes.Reaction.THROTTLED;
import static io.rebound.meta.ErrorCodes.Reaction.TOKEN;
import static io.rebound.meta.ErrorCodes.Reaction.VERSION;

import org.jspecify.annotations.Nullable;

/**
 * Meta's error codes and what a caller does next, in one table: the Graph API's error-handling
 * guide, the Marketing API's error reference and WhatsApp's error codes. Texts change and are
 * localized, so the code decides, then the subcode.
 */
final class ErrorCodes {

  /**
   * The case of {@link GraphOutcome} that a code stands for; those with a problem are {@link
   * GraphOutcome.Setup}.
   */
  enum Reaction {
    RETRY(null),
    THROTTLED(null),
    REFUSED(null),
    TOKEN(SetupProblem.TOKEN),
    PERMISSION(SetupProblem.PERMISSION),
    TERMS(SetupProblem.TERMS),
    ASSET(SetupProblem.ASSET),
    AUDIENCE(SetupProblem.AUDIENCE),
    BLOCKED(SetupProblem.BLOCKED),
    VERSION(SetupProblem.VERSION),
    NUMBER(SetupProblem.NUMBER),
    TEMPLATE(SetupProblem.TEMPLATE);

    private final @Nullable SetupProblem problem;

    Reaction(@Nullable SetupProblem problem) {
      this.problem = problem;
    }

    @Nullable SetupProblem problem() {
      return problem;
    }
  }

  private ErrorCodes() {}

  static Reaction reaction(GraphError error) {
    if (error.code() == 0 && error.type().isEmpty()) {
      return RETRY; // an envelope without a code says nothing; WhatsApp's own code 0 has a type
    }
    // The one text Meta documents as a rule: a batch that is too big is split, not repeated.
    if (error.code() == 1 && error.message().contains("reduce the amount of data")) {
      return REFUSED;
    }
    // Meta gives these two the code of a bad parameter and no subcode, and splitting batches by
    // them
    // would give up every event.
    if (error.code() == 100 && error.subcode() == 0) {
      if (error.message().contains("appsecret_proof")) {
        return TOKEN;
      }
      if (error.message().contains("Missing Permission")) {
        return PERMISSION;
      }
    }
    return reaction(error.code(), error.subcode());
  }

  static Reaction reaction(int code, int subcode) {
    return switch (code) {
      case 1 -> subcode == 99 ? REFUSED : RETRY;
      case 100 -> invalidParameter(subcode);
      case 2650 -> audienceUpdate(subcode);
      case 2654 -> subcode == 1713092 ? ASSET : RETRY; // no write permission on the account
      case 200 -> permission(subcode);

      // outages, and codes that Meta itself calls unknown
      case 2, 5, 5000, 21009, 131000, 131016, 133004 -> RETRY;
      // one recipient's pair limit, a number under maintenance, templates still syncing: others go
      // on
      case 131056, 131057, 134101 -> RETRY;

      // limits of the app, the token, a page, an ad account, a catalogue, a WhatsApp number
      case 4, 17, 32, 341, 613, 130429, 131048, 133016 -> THROTTLED;

      // 0 is WhatsApp's AuthException
      case 0, 102, 104, 190 -> TOKEN;
      // 3 lacks a capability, 415 wants two-factor authentication
      case 3, 10, 415, 131005 -> PERMISSION;
      case 2655 -> TERMS;
      case 33 -> ASSET;
      case 1487301 -> AUDIENCE;
      case 368, 131031 -> BLOCKED;
      // a deployment bug or a retired version is no fault of the work: it waits for the repair
      case 2500, 2635 -> VERSION;
      // display name, payment, certificate, marketing switched off, templates in wrong categories
      case 131037, 131042, 131045, 131063, 131064 -> NUMBER;
      // registration and PIN
      case 133000, 133005, 133006, 133008, 133009, 133010, 133015 -> NUMBER;
      case 132015 -> TEMPLATE;

      // 105 too many parameters: split; 506 says that the same was just done
      case 105, 194, 506, 801, 803, 2656, 10803, 1609005 -> REFUSED;
      case 1870065, 1870088, 1870165, 1870199 -> REFUSED;
      // WhatsApp: this message to this person can't be sent (now)
      case 130403, 130472, 130497, 135000, 137000 -> REFUSED;
      case 131008, 131009, 131021, 131026, 131035, 131036, 131047, 131049, 131050 -> REFUSED;
      case 131051, 131052, 131053, 131059, 131062, 134100, 134102 -> REFUSED;
      case 132000, 132001, 132005, 132007, 132008, 132012, 132016, 132068, 132069 -> REFUSED;

      default -> byFamily(code);
    };
  }

  private static Reaction permission(int subcode) {
    return switch (subcode) {
      case 1870034, 1870050, 1870090, 1870092 -> TERMS;
      case 1870047 -> REFUSED; // removal would leave too small an audience
      default -> PERMISSION;
    };
  }

  private static Reaction invalidParameter(int subcode) {
    return switch (subcode) {
      case 33 -> ASSET; // the object isn't assigned to this token: succeeds once access is granted
      case 1713228, 1713230, 1713231, 1713232 -> AUDIENCE; // audience flagged for integrity
      default -> REFUSED;
    };
  }

  // "failed to update the audience", alone or with the state of a replacement
  private static Reaction audienceUpdate(int subcode) {
    return switch (subcode) {
      case 1870144, 1870147, 1870148, 1870158, 1870159 -> REFUSED;
      default -> RETRY; // 1870145: an update is in progress
    };
  }

  private static Reaction byFamily(int code) {
    if (code >= 201 && code <= 299) {
      return PERMISSION;
    }
    if (code >= 80000 && code <= 80014) {
      return THROTTLED; // business use cases
    }
    return switch (code / 1000) {
      // ad, ad-set, creative and template validation, where each family holds nothing else
      case 1487, 1815, 1885, 2238, 2388, 2446, 2494, 3858 -> REFUSED;
      default -> RETRY;
    };
  }
}
