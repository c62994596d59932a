package io.rebound.sealing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Receivers' keysets as Tink writes them in JSON. HPKE (RFC 9180) with X25519, HKDF-SHA-256 and
 * AES-256-GCM; every key has an id, so that a new one can be made primary while the old ones go on
 * opening what they closed.
 */
final class Keysets {
  static {
    try {
      HybridConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Keysets() {}

  static HpkeParameters parameters() throws GeneralSecurityException {
    return HpkeParameters.builder()
        .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
        .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
        .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
        .setVariant(HpkeParameters.Variant.TINK)
        .build();
  }

  static KeysetHandle newPrivate() throws GeneralSecurityException {
    return KeysetHandle.generateNew(parameters());
  }

  static KeysetHandle readPublic(Path file) {
    try {
      return parsePublic(file, Files.readString(file));
    } catch (IOException e) {
      throw new Misconfigured("The public key file " + file + " can't be read", e);
    }
  }

  static KeysetHandle parsePublic(Path file, String text) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(text);
    } catch (GeneralSecurityException e) { // perhaps somebody put the private one there
      throw new Misconfigured("The public key file " + file + " isn't a public Tink keyset");
    }
  }

  static KeysetHandle readPrivate(Path file) {
    try {
      return parsePrivate(file, Files.readString(file));
    } catch (IOException e) {
      throw new Misconfigured("The private key file " + file + " can't be read", e);
    }
  }

  static KeysetHandle parsePrivate(Path file, String text) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) { // its text could quote the file
      throw new Misconfigured("The private key file " + file + " isn't a Tink keyset");
    }
  }

  /** The same with a new primary key; the old ones go on opening. */
  static KeysetHandle rotated(KeysetHandle keys) throws GeneralSecurityException {
    return KeysetHandle.newBuilder(keys)
        .addEntry(
            KeysetHandle.generateEntryFromParameters(parameters()).withRandomId().makePrimary())
        .build();
  }

  static String publicJson(KeysetHandle privateKeys) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(
        privateKeys.getPublicKeysetHandle());
  }

  static String privateJson(KeysetHandle privateKeys) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(privateKeys, InsecureSecretKeyAccess.get());
  }
}
