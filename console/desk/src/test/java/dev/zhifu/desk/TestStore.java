package dev.zhifu.desk;

import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.store.LocalPostgres;
import dev.zhifu.desk.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One real PostgreSQL for all tests of this JVM; each class takes a database of its own, a copy of
 * one that was migrated once.
 */
public final class TestStore {
  private static final String MIGRATED = "made_once";
  private static final String PEOPLED = "made_once_with_people";

  /** Number of this JVM among those that test side by side: none shares its server's folder. */
  private static final String JVM = System.getProperty("surefire.fork", "1");

  private static LocalPostgres server;

  private TestStore() {}

  /** A migrated database with nothing in it. */
  public static Store fresh(String name) {
    return copy(name, MIGRATED);
  }

  /** The same with the demo's people, so that each console finds them there. */
  public static Store peopled(String name) {
    return copy(name, PEOPLED);
  }

  private static synchronized Store copy(String name, String original) {
    if (server == null) {
      server = LocalPostgres.start(Path.of("target/postgres-" + JVM));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      make(MIGRATED, "template1");
      open(MIGRATED).close();
      make(PEOPLED, MIGRATED);
      try (Store store = open(PEOPLED)) {
        DemoPeople.addTo(new People(store));
      }
    }
    make(name, original);
    return open(name);
  }

  private static void make(String name, String original) {
    try (Connection root = DriverManager.getConnection(url("postgres"), "postgres", "");
        Statement statement = root.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name + " template " + original);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Store open(String name) {
    return Store.open(url(name), "postgres", "");
  }

  private static String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name;
  }
}
