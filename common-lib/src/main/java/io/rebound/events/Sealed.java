package io.rebound.events;

/**
 * Personal data that one service alone can open ({@code io.rebound.sealing}).
 *
 * @param key the data key, wrapped with HPKE to the receiver's public key; base64url
 * @param box the AES-GCM ciphertext under that data key, bound to the event's source and id;
 *     base64url
 */
public record Sealed(String key, String box) {}
