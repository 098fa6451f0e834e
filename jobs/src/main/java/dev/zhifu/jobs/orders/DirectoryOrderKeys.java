package dev.zhifu.jobs.orders;

import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.KeyEntry;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Keys that the key directory lists. A key must have counted at the event time of what it signed:
 * of an act its own time, of an authorisation its renewal, of an order its applicationTime; so that
 * replays judge as the first run did.
 */
public final class DirectoryOrderKeys implements OrderKeys {

  private final EngineSigner signer;
  private final KeyDirectory directory;
  private final Signatures signatures;

  /**
   * Keys of one engine.
   *
   * @param signer signs with the engine's key
   * @param directory lists it and those of officers
   */
  public DirectoryOrderKeys(EngineSigner signer, KeyDirectory directory) {
    this.signer = signer;
    this.directory = directory;
    this.signatures = new Signatures(directory, signer.environment());
  }

  /**
   * Opens the keys from files on the task's machine.
   *
   * @param keyFile the engine's key file, not locked
   * @param directoryFile the key directory
   */
  public static OrderKeysFactory ofFiles(String keyFile, String directoryFile) {
    return () -> {
      KeyDirectory directory = KeyDirectoryFile.read(Path.of(directoryFile));
      return new DirectoryOrderKeys(EngineSigner.load(Path.of(keyFile), directory), directory);
    };
  }

  /** Opens the DEMO keys; no bank in production takes what they sign. */
  public static OrderKeysFactory ofDemo() {
    return () -> new DirectoryOrderKeys(DemoKeys.engine(), DemoKeys.directory());
  }

  @Override
  public Environment engineEnvironment() {
    return signer.environment();
  }

  @Override
  public boolean engineKeyCountsAt(long atMs) {
    return signer.validAt(Instant.ofEpochMilli(atMs));
  }

  @Override
  public Optional<Environment> environmentOf(String keyId) {
    return directory.find(keyId).map(KeyEntry::environment);
  }

  @Override
  public OrderEnvelope sign(StopPaymentOrder order) {
    return signer.seal(order);
  }

  @Override
  public boolean verifies(OrderEnvelope envelope) {
    try {
      Instant at = Envelopes.open(envelope).getApplicationTime();
      return Envelopes.verify(envelope, directory, signer.environment(), at).holds();
    } catch (CryptoException unreadable) {
      return false;
    }
  }

  @Override
  public boolean verifies(OfficerAct act) {
    return signatures.verify(act, act.getAt()).holds();
  }

  @Override
  public boolean verifies(OfficerAct act, StopPaymentOrder order) {
    return signatures
        .verifyOrderSignature(act, AuthorisationSubject.of(order), act.getAt())
        .holds();
  }

  @Override
  public boolean verifies(StandingAuthorisation authorisation) {
    return signatures.verify(authorisation, authorisation.getRenewedAt()).holds();
  }
}
