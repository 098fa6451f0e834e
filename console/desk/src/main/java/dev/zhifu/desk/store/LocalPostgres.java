package dev.zhifu.desk.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A real PostgreSQL that this process starts and ends: for the demo and for tests. A centre gives
 * the address of its own.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  private LocalPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts one whose data lies in {@code folder}; a folder of an earlier run is used again. */
  public static LocalPostgres start(Path folder) {
    return start(folder, 0);
  }

  /** As {@link #start(Path)}, on a stated port; 0 takes a free one. */
  public static LocalPostgres start(Path folder, int port) {
    try {
      return new LocalPostgres(
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(folder)
              .setCleanDataDirectory(false)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", "40")
              .setServerConfig("shared_buffers", "64MB")
              // Everything in "seen" can be read again from the topics; "own" of a demo is worth a
              // second.
              .setServerConfig("synchronous_commit", "off")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be started in " + folder, e);
    }
  }

  /** Port on the loopback interface. */
  public int port() {
    return server.getPort();
  }

  /** Its database, migrated. */
  public Store open() {
    return Store.open("jdbc:postgresql://127.0.0.1:" + port() + "/postgres", USER, "");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL on port " + port() + " does not end", e);
    }
  }
}
