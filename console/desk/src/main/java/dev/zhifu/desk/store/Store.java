package dev.zhifu.desk.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The console's PostgreSQL, migrated to this version's tables. Safe for use by several threads. */
public final class Store implements AutoCloseable {
  private static final int CONNECTIONS = 12;
  private static final long CONNECT_MILLIS = 5_000;

  private final HikariDataSource source;
  private final Jdbi jdbi;

  private Store(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
    jdbi.registerArrayType(String.class, "text");
  }

  /**
   * Connects and migrates.
   *
   * @param url JDBC address of a database whose user may create schemas
   * @param user database user
   * @param password its password; may be empty
   */
  public static Store open(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("console");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.addDataSourceProperty("ApplicationName", "zhifu-console");
    HikariDataSource source = new HikariDataSource(config);
    try {
      Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return new Store(source);
  }

  /** Where statements run. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Rows of a statement whose parameters are numbered. */
  public <T> List<T> rows(RowMapper<T> mapper, String sql, Object... values) {
    return jdbi.withHandle(
        handle -> {
          Query query = handle.createQuery(sql);
          for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
          }
          return query.map(mapper).list();
        });
  }

  /** The first row of such a statement; empty without one. */
  public <T> Optional<T> row(RowMapper<T> mapper, String sql, Object... values) {
    return rows(mapper, sql, values).stream().findFirst();
  }

  /**
   * Runs a statement whose parameters are numbered, in a transaction of its own.
   *
   * @return rows that it changed
   */
  public int execute(String sql, Object... values) {
    return jdbi.withHandle(handle -> handle.execute(sql, values));
  }

  /** Records as they lay on their topic: the first column of such a statement. */
  public <T extends SpecificRecord> List<T> records(Class<T> type, String sql, Object... values) {
    return rows((row, context) -> Bodies.read(row.getBytes(1), type), sql, values);
  }

  @Override
  public void close() {
    source.close();
  }
}
