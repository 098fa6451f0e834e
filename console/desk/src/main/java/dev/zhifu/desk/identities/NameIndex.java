package dev.zhifu.desk.identities;

import dev.zhifu.desk.store.Store;
import dev.zhifu.ingress.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * Leads from a typed name to the tokens that were called so at this desk or in a bank's report.
 * Names lie here as tokens of kind NAME (docs/identity.md): who has the table and not the token key
 * reads no name. Safe for use by several threads.
 */
public final class NameIndex {
  /** Tokens that one name leads to at most; a common name has many. */
  public static final int TOKENS_MAX = 50;

  private final Store store;
  private final Tokens tokens;

  /** Over {@code store}, with the centre's token key. */
  public NameIndex(Store store, Tokens tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /** The token of a name; empty for what has neither letter nor digit. */
  public Optional<String> token(String name) {
    return name.indexOf(0) < 0 && name.codePoints().anyMatch(Character::isLetterOrDigit)
        ? Optional.of(tokens.name(name))
        : Optional.empty();
  }

  /** Notes that {@code token} was called {@code name}; what is no name is passed over. */
  public void note(String name, String token) {
    token(name).ifPresent(named -> insert(named, token));
  }

  private void insert(String named, String token) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.named (name_token, token) values (?, ?) on conflict do nothing",
                    named,
                    token));
  }

  /** True when {@code token} was called one of these names. */
  public boolean isCalled(String token, List<String> called) {
    return !store
        .rows(
            (row, context) -> row.getString(1),
            "select name_token from own.named where token = ? and name_token = any(?) limit 1",
            token,
            called.stream().flatMap(name -> token(name).stream()).toArray(String[]::new))
        .isEmpty();
  }

  /**
   * Holders and accounts that were called so.
   *
   * @param named token of the name
   */
  public List<String> tokensOf(String named) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select token from own.named where name_token = ? order by token limit "
                            + TOKENS_MAX)
                    .bind(0, named)
                    .mapTo(String.class)
                    .list());
  }
}
