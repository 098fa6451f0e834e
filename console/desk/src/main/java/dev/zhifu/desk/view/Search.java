package dev.zhifu.desk.view;

import dev.zhifu.desk.identities.NameIndex;
import dev.zhifu.desk.identities.Telephone;
import dev.zhifu.desk.projection.DocumentNumbers;
import dev.zhifu.desk.store.Store;
import dev.zhifu.ingress.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Looks for cases and reports by account, telephone, name, identity document, case, order, report
 * or the number of a document (docs/identity.md). What was typed turns into tokens in here, under
 * the key that the ingress uses, and goes no further: not into the store's queries, a log or an
 * address.
 */
public final class Search {
  /** Lines that one search shows at most. */
  public static final int LINES = 20;

  private static final int TOKENS_MAX = 100;
  private static final int BEGINNING_MIN = 6;
  private static final int NAME_MAX = 60;
  private static final String CARD = "[0-9]{12,19}";
  private static final String DOCUMENT = "[0-9]{17}[0-9Xx]|[A-Za-z0-9]{5,20}";
  private static final String ID = "[A-Za-z0-9:_-]{1,80}";

  private static final RowMapper<Line> LINE =
      (row, context) -> new Line(row.getString("kind"), row.getString("id"), row.getString("way"));

  /** Ids that a number of any kind names: an object's own, its application's, its notice's. */
  private static final String NAMED =
      """
      select order_id as id, 'order' as way from seen.stop_order
        where order_id = :w or application_id = :w
      union all
      select object_id, 'order' from seen.life_change where object_id = :w
      union all
      select object_id, 'order' from seen.channel_request where application_id = :w or request_id = :w
      union all
      select hold_id, 'order' from seen.risk_hold where hold_id = :w
      union all
      select restriction_id, 'notice' from seen.notice where notice_id = :w\
      """;

  /** What a document is about that bears the number. */
  private static final String WRITTEN =
      "select object_id as id, 'paper' as way from seen.document_number where number = :w"
          + " order by object_id limit 20";

  /** The same by how a number begins. */
  private static final String BEGUN =
      """
      (select order_id as id, 'order' as way from seen.stop_order
        where order_id ~>=~ :w and order_id ~<~ :end limit 20)
      union all
      (select object_id, 'order' from seen.life_change
        where object_id ~>=~ :w and object_id ~<~ :end and sequence = 1 limit 20)
      union all
      (select restriction_id, 'notice' from seen.notice
        where notice_id ~>=~ :w and notice_id ~<~ :end limit 20)\
      """;

  private final Store store;
  private final Tokens tokens;
  private final BankDirectory banks;
  private final NameIndex names;

  /**
   * @param store what the topics say
   * @param tokens the centre's token key
   * @param banks by card prefix: an account's token binds its bank
   * @param names what was called how at this desk
   */
  public Search(Store store, Tokens tokens, BankDirectory banks, NameIndex names) {
    this.store = store;
    this.tokens = tokens;
    this.banks = banks;
    this.names = names;
  }

  /** What a typed word leads to, the surest way first; {@value #LINES} lines at most. */
  public Found by(String typed) {
    String word = typed.strip();
    Map<String, Line> lines = new LinkedHashMap<>();
    if (word.matches(ID)) {
      add(lines, byId(word));
      if (lines.isEmpty() && word.length() >= BEGINNING_MIN) {
        add(lines, byBeginning(word));
      }
    }
    add(lines, ofObjects(objects(WRITTEN, DocumentNumbers.plain(word), "")));
    String token = "";
    for (Map.Entry<String, String> one : meant(word).entrySet()) {
      int before = lines.size();
      add(lines, byTokens(List.of(one.getKey()), one.getValue()));
      if (one.getValue().equals("number")) {
        for (String part : List.of("OWNER", "PEER")) {
          add(lines, byTokens(holders(one.getKey(), part), part));
        }
      }
      if (token.isEmpty() && lines.size() > before) {
        token = one.getKey();
      }
    }
    Optional<String> named = nameToken(word);
    if (named.isPresent()) {
      add(lines, byTokens(names.tokensOf(named.get()), "name"));
      token = token.isEmpty() ? named.get() : token;
    }
    return new Found(lines.values().stream().limit(LINES).toList(), token);
  }

  /** Tokens that what was typed may stand for, with what it was taken for. */
  private Map<String, String> meant(String word) {
    Map<String, String> all = new LinkedHashMap<>();
    if (word.matches(ID)) {
      all.put(word, "token");
    }
    String plain = word.replaceAll("[\\s()（）+-]", "");
    if (plain.matches(CARD)) {
      banks.byCard(plain).ifPresent(bank -> all.put(tokens.account(bank.code(), plain), "account"));
    }
    if (plain.matches(DOCUMENT)) {
      all.put(tokens.holder(plain), "document");
    }
    for (String number : Telephone.meant(plain)) {
      all.put(tokens.number(number), "number");
    }
    return all;
  }

  private Optional<String> nameToken(String word) {
    return word.codePoints().anyMatch(Character::isLetter)
            && word.codePoints().noneMatch(Character::isDigit)
            && word.length() <= NAME_MAX
        ? names.token(word)
        : Optional.empty();
  }

  private List<String> holders(String numberToken, String part) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select about from seen.party where token = ? and kind = 'HOLDER' and part ="
                            + " ? order by about limit "
                            + TOKENS_MAX)
                    .bind(0, numberToken)
                    .bind(1, part)
                    .mapTo(String.class)
                    .list());
  }

  private List<Line> byId(String word) {
    List<Line> lines =
        new ArrayList<>(
            read(
                """
                select 'case' as kind, case_id as id, 'id' as way from seen.fraud_case where case_id = :w
                union
                select 'report', report_id, 'report' from seen.report where report_id = :w
                union
                select 'case', case_id, 'warning' from seen.warning where warning_id = :w
                union
                select 'report', origin_id, 'order' from own.account_query where query_id = :w
                limit\s\
                """
                    + LINES,
                "w",
                word));
    lines.addAll(ofObjects(objects(NAMED, word, "")));
    return lines;
  }

  private List<Line> byBeginning(String word) {
    String end = word + Character.MAX_VALUE;
    List<Line> lines =
        new ArrayList<>(
            store.rows(
                LINE,
                """
                select 'case' as kind, case_id as id, 'id' as way from seen.fraud_case
                where case_id ~>=~ ? and case_id ~<~ ? limit 20\
                """,
                word,
                end));
    lines.addAll(ofObjects(objects(BEGUN, word, end)));
    return lines;
  }

  /** Ids of orders, freezes, holds and whatever else has a life, each with how it was named. */
  private Map<String, String> objects(String sql, String word, String end) {
    Map<String, String> ways = new LinkedHashMap<>();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .bindMap(end.isEmpty() ? Map.of("w", word) : Map.of("w", word, "end", end))
                    .map((row, context) -> Map.entry(row.getString("id"), row.getString("way")))
                    .forEach(one -> ways.putIfAbsent(one.getKey(), one.getValue())));
    return ways;
  }

  /**
   * Where objects are shown: on their cases; a risk hold on a page of its own once recovery has
   * heard of it, and before on the cases of its account.
   */
  private List<Line> ofObjects(Map<String, String> ways) {
    if (ways.isEmpty()) {
      return List.of();
    }
    String[] ids = ways.keySet().toArray(String[]::new);
    List<Line> lines = new ArrayList<>();
    store
        .rows(
            (row, context) -> Map.entry(row.getString("id"), row.getString("case_id")),
            """
            select order_id as id, case_id from seen.order_case where order_id = any(?)
            union
            select object_id, case_id from seen.life_change l where object_id = any(?)
              and (l.kind = 'RISK_HOLD' or exists (select 1 from seen.fraud_case c where c.case_id = l.case_id))
            order by 1, 2 limit 40\
            """,
            ids,
            ids)
        .forEach(one -> lines.add(new Line("case", one.getValue(), ways.get(one.getKey()))));
    List<String> accounts =
        store.rows(
            (row, context) -> row.getString("account_token"),
            """
            select h.account_token from seen.risk_hold h where h.hold_id = any(?)
              and not exists (select 1 from seen.life_change l where l.object_id = h.hold_id)\
            """,
            (Object) ids);
    if (!accounts.isEmpty()) {
      lines.addAll(byTokens(accounts, "order"));
    }
    return lines;
  }

  /** Everything that these tokens are subject, party, target or hop of. */
  private List<Line> byTokens(Collection<String> of, String way) {
    if (of.isEmpty()) {
      return List.of();
    }
    return read(
            """
            with p as (select kind, part, about from seen.party
              where token = any(:w) and kind <> 'HOLDER' order by token, kind, part, about limit 2000)
            (select 'case' as kind, case_id as id, 'SUBJECT' as way from seen.fraud_case where subject = any(:w) limit 20)
            union all
            (select 'case', oc.case_id, 'ORDER' from seen.stop_order s join seen.order_case oc using (order_id)
              where s.account_token = any(:w) limit 20)
            union all
            (select 'case', c.case_id, p.part from p join seen.fraud_case c on c.report_id = p.about
              where p.kind in ('REPORT', 'CLAIM') limit 20)
            union all
            (select 'case', c.case_id, p.part from p join seen.fraud_case c on c.hit_ids @> array[p.about]
              where p.kind = 'HIT' limit 20)
            union all
            (select 'case', c.case_id, p.part from p join seen.fraud_case c on c.case_id = p.about
              where p.kind = 'CASE' limit 20)
            union all
            (select 'report', p.about, p.part from p where p.kind = 'REPORT'
              and not exists (select 1 from seen.fraud_case c where c.report_id = p.about) limit 20)
            """,
            "w",
            of.toArray(String[]::new))
        .stream()
        .map(line -> new Line(line.kind(), line.id(), way + "." + line.way()))
        .toList();
  }

  private List<Line> read(String sql, String name, Object value) {
    return store
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).bind(name, value).map(LINE).list());
  }

  private static void add(Map<String, Line> lines, List<Line> more) {
    more.forEach(line -> lines.putIfAbsent(line.kind() + line.id(), line));
  }

  /**
   * What a search found.
   *
   * @param lines cases, and reports that no case stands on yet
   * @param token the first token that led to a line, or that of a name; empty where an id was
   *     looked for or nothing
   */
  public record Found(List<Line> lines, String token) {}

  /**
   * One line.
   *
   * @param kind case or report
   * @param id its id
   * @param way how it was found: what the word was taken for, and what that is there
   */
  public record Line(String kind, String id, String way) {

    /**
     * What the word was taken for: id, order, notice, warning, paper, report, token, account,
     * document, number, name.
     */
    public String as() {
      return way.replaceAll("\\..*", "");
    }

    /** What it is there: SUBJECT, ORDER, PAYER, PAYEE, VICTIM, HOP; empty for an id. */
    public String part() {
      return way.contains(".") ? way.substring(way.indexOf('.') + 1) : "";
    }

    /** Where it is shown. */
    public String address() {
      return "/" + kind + "/" + id;
    }
  }
}
