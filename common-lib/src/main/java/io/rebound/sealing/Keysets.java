package io.rebound.sealing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Keysets as Tink writes them in JSON. A receiver's: HPKE (RFC 9180) with X25519, HKDF-SHA-256 and
 * AES-256-GCM; the quarantine's: AES-256-GCM. Every key has an id, so that a new one can be made
 * primary while the old ones go on opening what they closed.
 */
final class Keysets {
  static {
    try {
      HybridConfig.register();
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Keysets() {}

  /** Of a receiver's keys. */
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

  /** Of the quarantine's keys. */
  static Parameters quarantineParameters() {
    return PredefinedAeadParameters.AES256_GCM;
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

  static KeysetHandle readSecret(Path file) {
    try {
      return parseSecret(file, Files.readString(file));
    } catch (IOException e) {
      throw new Misconfigured("The key file " + file + " can't be read", e);
    }
  }

  static KeysetHandle parseSecret(Path file, String text) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) { // its text could quote the file
      throw new Misconfigured("The key file " + file + " isn't a Tink keyset");
    }
  }

  /** The same with a new primary key; the old ones go on opening. */
  static KeysetHandle rotated(KeysetHandle keys, Parameters parameters)
      throws GeneralSecurityException {
    return KeysetHandle.newBuilder(keys)
        .addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary())
        .build();
  }

  static String publicJson(KeysetHandle privateKeys) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(
        privateKeys.getPublicKeysetHandle());
  }

  static String secretJson(KeysetHandle keys) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
  }
}
