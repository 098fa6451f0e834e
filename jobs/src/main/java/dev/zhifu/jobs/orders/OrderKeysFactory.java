package dev.zhifu.jobs.orders;

import java.io.IOException;
import java.io.Serializable;

/** Opens the keys where the operator runs, so that no private key travels with the job graph. */
@FunctionalInterface
public interface OrderKeysFactory extends Serializable {

  /**
   * Opens the keys.
   *
   * @throws IOException if the key file or the directory cannot be read; the job then fails with
   *     that reason
   */
  OrderKeys open() throws IOException;
}
