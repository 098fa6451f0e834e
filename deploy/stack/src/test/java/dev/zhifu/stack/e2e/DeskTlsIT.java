package dev.zhifu.stack.e2e;

import org.junit.jupiter.api.Tag;

/**
 * The same story with every client of broker and registry over SASL_SSL and https: jobs, desk, bank
 * gateway, and the commands that look into the stack.
 */
@Tag("slow")
class DeskTlsIT extends DeskIT {
  @Override
  Rig rig() {
    return Rig.overTls();
  }
}
