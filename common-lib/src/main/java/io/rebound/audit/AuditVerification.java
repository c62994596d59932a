package io.rebound.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a walk through the chain found.
 *
 * @param entries how many links were read and found right
 * @param head where the chain ends: number and hash of the last link. Who notes it elsewhere can
 *     ask later whether it still holds
 * @param intact whether every link follows from the one before, none is missing, and both ends are
 *     where they should be
 * @param firstBroken the number of the first link that is wrong or missing; null if none is
 * @param reason what is wrong with it
 * @param erased links whose person's id was taken away, as an erasure does
 */
record AuditVerification(
    long entries,
    String head,
    boolean intact,
    @Nullable Long firstBroken,
    @Nullable String reason,
    long erased) {}
