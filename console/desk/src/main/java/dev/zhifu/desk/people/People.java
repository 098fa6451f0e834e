package dev.zhifu.desk.people;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.zhifu.desk.store.Store;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** Local people, for the demo alone, and those whom an identity provider has let in. */
public final class People {
  /** OWASP's least for Argon2id: 19 MiB, 2 rounds, 1 lane. */
  private static final Argon2Function HASH =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private static final RowMapper<Person> PERSON =
      (row, context) ->
          new Person(
              row.getString("person_id"),
              row.getString("name"),
              Role.valueOf(row.getString("role")),
              row.getString("bank"),
              row.getString("station"));

  /** Checked when nobody has the name, so that a wrong name takes as long as a wrong password. */
  private final String nobody = hash("nobody");

  private final Store store;

  /** People of {@code store}. */
  public People(Store store) {
    this.store = store;
  }

  /** Adds a person, or leaves one who is there as he is. */
  public void add(Person person, String password) {
    if (isThere(person.id())) {
      // A hash is made to be slow: a console that starts again makes none in vain.
      return;
    }
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.person (person_id, name, role, bank, station, password)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing""",
                    person.id(),
                    person.name(),
                    person.role().name(),
                    person.bank(),
                    person.station(),
                    hash(password)));
  }

  private boolean isThere(String id) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select exists (select 1 from own.person where person_id = ?)")
                    .bind(0, id)
                    .mapTo(Boolean.class)
                    .one());
  }

  /**
   * Notes who an identity provider says that a person is now; who has another role than before
   * begins anew everywhere.
   *
   * @return false when the person is kept out here, or the id is a local person's
   */
  public boolean ofProvider(Person person) {
    return store
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute(
                  """
                  delete from own.session s using own.person p
                  where s.person_id = p.person_id and p.person_id = ? and p.password is null
                    and (p.role, coalesce(p.bank, ''), coalesce(p.station, '')) <> (?, ?, ?)""",
                  person.id(),
                  person.role().name(),
                  person.bank() == null ? "" : person.bank(),
                  person.station() == null ? "" : person.station());
              return handle.execute(
                      """
                      insert into own.person (person_id, name, role, bank, station) values (?, ?, ?, ?, ?)
                      on conflict (person_id) do update set name = excluded.name, role = excluded.role,
                        bank = excluded.bank, station = excluded.station
                      where person.password is null and person.active""",
                      person.id(),
                      person.name(),
                      person.role().name(),
                      person.bank(),
                      person.station())
                  == 1;
            });
  }

  /** Ends the sessions of local people: from now on everybody comes from an identity provider. */
  public void endLocalSessions() {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "delete from own.session where person_id in"
                        + " (select person_id from own.person where password is not null)"));
  }

  /**
   * The person with this id and password; empty when either is wrong or the person is not active.
   */
  public Optional<Person> login(String id, String password) {
    String expected =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select password from own.person where person_id = ? and active and password is not null")
                        .bind(0, id)
                        .mapTo(String.class)
                        .findOne())
            .orElse(nobody);
    boolean fits =
        Password.check(password, expected).with(Argon2Function.getInstanceFromHash(expected));
    return fits && !expected.equals(nobody) ? find(id) : Optional.empty();
  }

  /** An active person. */
  public Optional<Person> find(String id) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.person where person_id = ? and active")
                    .bind(0, id)
                    .map(PERSON)
                    .findOne());
  }

  /** Everybody, with whether active. */
  public List<Listed> all() {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from own.person order by role, person_id")
                    .map(
                        (row, context) ->
                            new Listed(PERSON.map(row, context), row.getBoolean("active")))
                    .list());
  }

  /** Lets a person in or keeps him out; his sessions end with it. */
  public void active(String id, boolean active) {
    store
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("update own.person set active = ? where person_id = ?", active, id);
              if (!active) {
                handle.execute("delete from own.session where person_id = ?", id);
              }
            });
  }

  private static String hash(String password) {
    return Password.hash(password).addRandomSalt(16).with(HASH).getResult();
  }

  /** A person and whether he may log in. */
  public record Listed(Person person, boolean active) {}
}
