package dev.zhifu.jobs.recovery;

import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * The keys that recovery signs and checks with. A key must have counted at the event time of what
 * it signed, so that a replay judges as the first run did.
 */
public final class RecoveryKeys {

  private final EngineSigner engine;
  private final Signatures signatures;

  /**
   * @param engine signs roots
   * @param directory lists it and those of officers; keys of its environment count
   */
  public RecoveryKeys(EngineSigner engine, KeyDirectory directory) {
    this.engine = engine;
    this.signatures = new Signatures(directory, engine.environment());
  }

  /** Opens the keys where an operator runs, so that no private key travels with the job graph. */
  @FunctionalInterface
  public interface Factory extends Serializable {
    /**
     * @throws IOException if a file cannot be read; the job then fails with that reason
     */
    RecoveryKeys open() throws IOException;
  }

  /** Opens the keys from files on the task's machine. */
  public static Factory ofFiles(String keyFile, String directoryFile) {
    return () -> {
      KeyDirectory directory = KeyDirectoryFile.read(Path.of(directoryFile));
      return new RecoveryKeys(EngineSigner.load(Path.of(keyFile), directory), directory);
    };
  }

  /** Opens the DEMO keys. */
  public static Factory ofDemo() {
    return () -> new RecoveryKeys(DemoKeys.engine(), DemoKeys.directory());
  }

  boolean verifies(RecoveryAct act) {
    return signatures.verify(act, act.getAt()).holds();
  }

  boolean verifies(OfficerAct act) {
    return signatures.verify(act, act.getAt()).holds();
  }

  AuditRoot sign(AuditRoot draft) {
    return Signatures.sign(draft, engine);
  }
}
