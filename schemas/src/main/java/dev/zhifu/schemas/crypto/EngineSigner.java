package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Signs the engine's orders with one engine key. About 1 ms an order. Not for use by two threads.
 */
public final class EngineSigner implements Signer {
  private final KeyEntry entry;
  private final Signer signer;

  private EngineSigner(KeyEntry entry, Signer signer) {
    this.entry = entry;
    this.signer = signer;
  }

  /**
   * The signer of the key in {@code keyFile}, which must not be locked.
   *
   * @throws CryptoException if the file cannot be read, or the directory does not list its key as
   *     an engine key
   */
  public static EngineSigner load(Path keyFile, KeyDirectory directory) {
    return of(KeyFile.read(keyFile, null), directory);
  }

  /** As {@link #load}, from a key file already read. */
  public static EngineSigner of(KeyFile keyFile, KeyDirectory directory) {
    return of(keyFile.signer(directory), directory);
  }

  /** As {@link #load}, for a signer whose key lies elsewhere, such as in a hardware module. */
  public static EngineSigner of(Signer signer, KeyDirectory directory) {
    KeyEntry entry = directory.require(signer.keyId());
    if (entry.role() != KeyRole.ENGINE) {
      throw new CryptoException(
          "Key "
              + entry.keyId()
              + " has role "
              + entry.role()
              + "; orders need a key of role ENGINE");
    }
    return new EngineSigner(entry, signer);
  }

  /** The sealed order. */
  public OrderEnvelope seal(StopPaymentOrder order) {
    return Envelopes.seal(order, this);
  }

  /**
   * True when the key counts at {@code moment}; an order sealed outside that is refused by banks.
   */
  public boolean validAt(Instant moment) {
    return entry.validAt(moment);
  }

  @Override
  public String keyId() {
    return entry.keyId();
  }

  @Override
  public Environment environment() {
    return entry.environment();
  }

  @Override
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }
}
