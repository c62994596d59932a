package io.rebound.audit;

import org.jspecify.annotations.Nullable;

/** Follows the chain link by link, and remembers where it first went wrong. Pure. */
final class ChainWalk {
  private final ChainHead removed;
  private final @Nullable ChainHead noted;
  private ChainHead last;
  private ChainHead removalTold = ChainHead.GENESIS;
  private long entries;
  private long erased;
  private @Nullable Long firstBroken;
  private @Nullable String reason;

  /**
   * @param removed the last link whose retention was over
   * @param noted a head that somebody noted earlier and that must still hold; null if none
   */
  ChainWalk(ChainHead removed, @Nullable ChainHead noted) {
    this.removed = removed;
    this.noted = noted;
    this.last = removed;
  }

  /** Returns false once the chain is broken: what follows proves nothing. */
  boolean follow(AuditLink link) {
    if (link.seq() != last.seq() + 1) {
      return broken(last.seq() + 1, "is missing");
    }
    if (!link.prevHash().equals(last.hash())) {
      return broken(link.seq(), "doesn't follow from the entry before");
    }
    if (!link.genuine()) {
      return broken(link.seq(), "was changed");
    }
    if (noted != null && noted.seq() == link.seq() && !noted.hash().equals(link.hash())) {
      return broken(link.seq(), "differs from the head that was noted");
    }
    last = link.head();
    entries++;
    erased += link.erased() ? 1 : 0;
    if (link.action().equals(AuditAction.AUDIT_EXPIRED.wireName())) {
      removalTold =
          ChainHead.parse(link.details().getOrDefault("head", "")).orElse(ChainHead.GENESIS);
    }
    return true;
  }

  /**
   * The result.
   *
   * @param head where the chain is known to end
   */
  AuditVerification end(ChainHead head) {
    if (firstBroken == null && !last.equals(head)) {
      broken(Math.min(last.seq(), head.seq()) + 1, "is missing, or was appended by hand");
    }
    if (firstBroken == null && !removalTold.equals(removed)) {
      broken(removed.seq(), "was removed, and the audit doesn't say so");
    }
    if (firstBroken == null && noted != null && noted.seq() > head.seq()) {
      broken(head.seq() + 1, "is missing: the chain was longer when its head was noted");
    }
    return new AuditVerification(
        entries, head.toString(), firstBroken == null, firstBroken, reason, erased);
  }

  private boolean broken(long seq, String why) {
    firstBroken = seq;
    reason = "The entry " + seq + " " + why;
    return false;
  }
}
