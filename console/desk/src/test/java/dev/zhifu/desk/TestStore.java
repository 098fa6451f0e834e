package dev.zhifu.desk;

import dev.zhifu.desk.store.LocalPostgres;
import dev.zhifu.desk.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** One real PostgreSQL for all tests of this JVM; each class takes an empty database of its own. */
public final class TestStore {
  private static LocalPostgres server;

  private TestStore() {}

  /** An empty, migrated database. */
  public static synchronized Store fresh(String name) {
    if (server == null) {
      server = LocalPostgres.start(Path.of("target/postgres"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }
    String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/";
    try (Connection root = DriverManager.getConnection(url + "postgres", "postgres", "");
        Statement statement = root.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return Store.open(url + name, "postgres", "");
  }
}
