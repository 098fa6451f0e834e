package dev.zhifu.desk.intake;

import dev.zhifu.desk.acts.AccountQueries;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Restrictions;
import dev.zhifu.desk.acts.Restrictions.Restriction;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.identities.Telephone;
import dev.zhifu.desk.intake.Scans.Scan;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.BankDirectory.Bank;
import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.rules.lives.channel.ApplicationType;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Takes reports. Clear identities turn into tokens and ciphertext in here, as at the ingress
 * (docs/identity.md), and leave for no topic, page address or log.
 */
public final class IntakeDesk {
  /** Brief facts and the first account are entered within this time of the report (domain: P30). */
  public static final Duration ENTRY_WITHIN = Duration.ofMinutes(30);

  /** Largest scan that is taken. */
  public static final long SCAN_BYTES_MAX = 5_000_000;

  /** Longest brief facts of a report. */
  public static final int FACTS_MAX = 600;

  /** Reports that are shown of one account or victim at most. */
  public static final int REPORTS_MAX = 5;

  /** Freezes and holds that are shown of one account at most. */
  public static final int MEASURES_MAX = 5;

  private static final int NAME_MAX = 60;

  /** Reports that name an account, with an order or without. */
  private static final String NAMED =
      """
      select about from seen.party where token = :token and kind = 'REPORT'
      union select report_id from seen.stop_order where account_token = :token and report_id is not null\
      """;

  private static final String REPORTED =
      """
      select about from seen.party where token = :token and kind = 'REPORT' and part = 'VICTIM'
      union select origin_id from own.account_query where holder_token = :token\
      """;

  /** How far the time stated may be from the booking that is meant; an engineering default. */
  private static final Duration ABOUT = Duration.ofMinutes(15);

  private final Store store;
  private final Tokens tokens;
  private final AccountSealer sealer;
  private final BankDirectory banks;
  private final TopicPen pen;
  private final ActDesk acts;
  private final Identities identities;
  private final AccountQueries queries;
  private final Restrictions restrictions;
  private final Scans scans;

  /**
   * @param store where forms lie and the topics' tables are
   * @param tokens the centre's token key
   * @param sealer encrypts to the account-holding banks
   * @param banks by card prefix
   * @param pen writes the report
   * @param acts signs and sends the acceptance
   * @param identities keeps what tokens stand for
   * @param queries what banks are asked about masked accounts
   * @param scans of forms and documents
   */
  public IntakeDesk(
      Store store,
      Tokens tokens,
      AccountSealer sealer,
      BankDirectory banks,
      TopicPen pen,
      ActDesk acts,
      Identities identities,
      AccountQueries queries,
      Scans scans) {
    this.store = store;
    this.tokens = tokens;
    this.sealer = sealer;
    this.banks = banks;
    this.pen = pen;
    this.acts = acts;
    this.identities = identities;
    this.queries = queries;
    this.restrictions = new Restrictions(store);
    this.scans = scans;
  }

  /** Opens a form; its clock runs from now. Returns the report's id. */
  public String open(Person officer) {
    String reportId = newId();
    begin(reportId, officer, acts.tick());
    return reportId;
  }

  private void begin(String reportId, Person officer, Instant at) {
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.draft_report (report_id, officer_id, begun_at, body) values"
                        + " (?, ?, ?, '{}') on conflict do nothing",
                    reportId,
                    officer.id(),
                    at));
  }

  /** When a form was opened, by the tick clock; empty for an id that this desk did not give. */
  public Optional<Instant> begunAt(String reportId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select begun_at from own.draft_report where report_id = ?")
                    .bind(0, reportId)
                    .mapTo(Instant.class)
                    .findOne());
  }

  /**
   * Keeps what prevention counts of the victim, beside the form and on no topic.
   *
   * @param group name of a {@link VictimGroup}; empty when not asked
   * @param township id of a contact of the dispatch directory; empty when not asked
   * @throws IntakeException when the group is not of the list
   */
  public void describe(String reportId, String group, String township) {
    if (!VictimGroup.listed(group)) {
      throw new IntakeException("fault.group");
    }
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.draft_report set body = body || jsonb_build_object('group',"
                        + " ?::text, 'township', ?::text) where report_id = ?",
                    group,
                    township,
                    reportId));
  }

  /**
   * Keeps brief facts of a report that has none yet. They are asked for within {@link
   * #ENTRY_WITHIN}; the trace does not wait for them.
   *
   * @param facts in words; they stay beside the form and leave for no topic
   * @throws IntakeException when there are none, they are too long, or some are there already
   */
  public void state(String reportId, String facts) {
    if (facts.isBlank() || facts.length() > FACTS_MAX) {
      throw new IntakeException("fault.facts");
    }
    int stated =
        store
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                        "update own.draft_report set facts = ? where report_id = ? and facts = ''",
                        facts,
                        reportId));
    if (stated == 0) {
      throw new IntakeException("report.factsThere");
    }
  }

  /** Brief facts of a report, typed here or lodged by its bank; empty while there are none. */
  public String facts(String reportId) {
    return facts(List.of(reportId)).getOrDefault(reportId, "");
  }

  private Map<String, String> facts(Collection<String> reportIds) {
    Map<String, String> facts = new HashMap<>();
    store
        .rows(
            (row, context) -> Map.entry(row.getString("report_id"), row.getString("facts")),
            """
            select w.report_id,
              coalesce(nullif(d.facts, ''), nullif(o.facts, ''), b.incident, '') as facts
            from (select unnest(?::text[]) as report_id) w
            left join own.draft_report d using (report_id)
            left join own.account_query q using (report_id)
            left join own.draft_report o on o.report_id = q.origin_id
            left join own.bank_report b on b.report_id = w.report_id\
            """,
            (Object) reportIds.toArray(String[]::new))
        .forEach(one -> facts.put(one.getKey(), one.getValue()));
    return facts;
  }

  /** What is known about a number while it is typed. */
  public Known known(String typed) {
    String number = StatementForm.plain(typed);
    if (StatementForm.isMasked(number)) {
      return Known.of(banks.byCard(number.replaceAll("\\*.*", "")).orElse(null), true);
    }
    Optional<Bank> bank = banks.byCard(number);
    if (bank.isEmpty() || number.length() < 12) {
      return Known.of(bank.orElse(null), false);
    }
    String token = tokens.account(bank.get().code(), number);
    List<Restriction> measures =
        restrictions.on(token, acts.tick()).stream()
            .filter(one -> one.kind() != LifeKind.STOP_ORDER)
            .limit(MEASURES_MAX)
            .toList();
    return store
        .jdbi()
        .withHandle(
            handle ->
                new Known(
                    bank.get(),
                    false,
                    reports(handle, NAMED, token),
                    handle
                        .createQuery(
                            """
                            select coalesce(max(state), '') from seen.stop_order where account_token = ? and state in
                              ('SIGNED', 'SENT', 'ACTIVE', 'ACTIVE_ZERO', 'EXTENDED', 'CONVERTING')\
                            """)
                        .bind(0, token)
                        .mapTo(String.class)
                        .one(),
                    handle
                        .createQuery(
                            """
                            select exists (select 1 from own.bank_report where stop_account = ?
                              and stop_expire > (select at from seen.clock where name = 'tick'))\
                            """)
                        .bind(0, token)
                        .mapTo(Boolean.class)
                        .one(),
                    measures));
  }

  /** Reports that a victim has made before, by the number of the identity document being typed. */
  public Known knownVictim(String typed) {
    String number = typed.strip();
    return number.matches(StatementForm.DOCUMENT)
        ? store
            .jdbi()
            .withHandle(
                handle ->
                    new Known(
                        null,
                        false,
                        reports(handle, REPORTED, tokens.holder(number)),
                        "",
                        false,
                        List.of()))
        : Known.of(null, false);
  }

  private static List<String> reports(Handle handle, String sql, String token) {
    return handle
        .createQuery(sql + " order by 1 limit " + REPORTS_MAX)
        .bind("token", token)
        .mapTo(String.class)
        .list();
  }

  /** The token of a card number that a person names; empty when no prefix fits. */
  public Optional<String> tokenOf(String number) {
    return banks.byCard(number).map(bank -> tokens.account(bank.code(), number));
  }

  /**
   * The first field whose number belongs to no bank of the directory.
   *
   * @param fields the form's, by name
   */
  public Optional<String> unknownBank(Function<String, String> fields) {
    return Stream.concat(
            Stream.of("payerNumber"),
            IntStream.range(0, StatementForm.TRANSFERS_MAX).mapToObj(i -> "number" + i))
        .filter(
            field -> {
              String number = StatementForm.plain(fields.apply(field));
              return !number.isEmpty()
                  && !StatementForm.isMasked(number)
                  && banks.byCard(number).isEmpty();
            })
        .findFirst();
  }

  /** What pages show of reports beside their transfers; reports without any of it are not in it. */
  public List<Told> told(Collection<String> reportIds) {
    Map<String, List<Scan>> byReport =
        scans.of(reportIds).stream().collect(Collectors.groupingBy(Scan::reportId));
    Map<String, String> facts = facts(reportIds);
    return reportIds.stream()
        .distinct()
        .map(id -> new Told(id, facts.getOrDefault(id, ""), byReport.getOrDefault(id, List.of())))
        .filter(one -> !one.facts().isEmpty() || !one.scans().isEmpty())
        .toList();
  }

  /** Scans of forms and documents. */
  public Scans scans() {
    return scans;
  }

  /**
   * Writes the report and its acceptance, and asks the sending bank about masked accounts.
   *
   * @return the act's id; empty when every account is masked: nothing can be reported yet
   */
  public Optional<String> accept(Person officer, Statement statement) {
    VictimReport report = report(officer, statement);
    boolean first = report.getTransfers().isEmpty();
    boolean again = !queries.ofReport(report.getReportId()).isEmpty();
    for (Statement.Asked asked : again ? List.<Statement.Asked>of() : statement.asked()) {
      // The trace takes each report once, so each of these waits under an id of its own (ADR-0147).
      ask(officer, report, statement, asked, first ? report.getReportId() : newId());
      first = false;
    }
    if (report.getTransfers().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(send(officer, report));
  }

  private String send(Person officer, VictimReport report) {
    String id = report.getReportId();
    return acts.accept(
        officer, report, scans.documents(id), () -> pen.write("victim.reports", id, report));
  }

  /**
   * Sends a report and its acceptance again that no job has confirmed: what came twice is one.
   *
   * @return the act's id
   * @throws IntakeException when its newest acceptance is not said to be NOT SENT
   */
  public String again(Person officer, String reportId) {
    return acts.about(List.of(reportId)).stream()
        .findFirst()
        .filter(ActDesk::mayGoAgain)
        .flatMap(act -> acts.reportOf(act.actId()))
        .map(report -> send(officer, report))
        .orElseThrow(() -> new IntakeException("report.notUnsent"));
  }

  private void ask(
      Person officer,
      VictimReport report,
      Statement statement,
      Statement.Asked asked,
      String reportId) {
    AccountRef payer = account(statement.payerNumber(), statement.name(), report.getHolderToken());
    queries.ask(
        new AccountQueries.Query(
            "Q-" + UUID.randomUUID(),
            reportId,
            report.getReportId(),
            officer.id(),
            acts.tick(),
            payer.getBank(),
            asked.masked(),
            asked.amountFen(),
            asked.at(),
            VictimReport.newBuilder(report).setTransfers(List.of()).build(),
            payer,
            null,
            null,
            null,
            null,
            null));
  }

  /**
   * Takes the full number that a bank has given for a masked one: the transfer is reported and
   * accepted as if it had been typed at first, with the time of the report that named it.
   *
   * @param name of the account, as the bank gives it
   * @return the id of the report
   * @throws IntakeException when the number does not fit the digits known, no bank has it, the name
   *     is missing, or the answer is there already
   */
  public String answer(Person officer, AccountQueries.Query query, String typed, String name) {
    String number = StatementForm.plain(typed);
    if (!number.matches(StatementForm.CARD) || !query.fits(number)) {
      throw new IntakeException("query.otherNumber");
    }
    if (name.isBlank() || name.length() > NAME_MAX) {
      throw new IntakeException("fault.name");
    }
    AccountRef payee = account(number, name, null);
    VictimReport report =
        VictimReport.newBuilder(query.report())
            .setReportId(query.reportId())
            .setReceivedAt(acts.tick())
            .setTakenBy(officer.id())
            .setTransfers(
                List.of(
                    transfer(
                        query.payer(),
                        payee,
                        new Statement.Paid(number, name, query.amountFen(), query.paidAt()))))
            .build();
    if (!queries.answer(query.id(), officer.id(), acts.tick())) {
      throw new IntakeException("query.answered");
    }
    try {
      begin(report.getReportId(), officer, report.getReportedAt());
      pen.write("victim.reports", report.getReportId(), report);
      acts.accept(officer, report, scans.documents(query.originId()));
    } catch (RuntimeException e) {
      queries.reopen(query.id());
      throw e;
    }
    return report.getReportId();
  }

  private static String newId() {
    return "R-" + UUID.randomUUID();
  }

  /**
   * The report with what banks have booked since it was taken; empty when nothing is found that it
   * lacks. The payment may show here only after the engine's next checkpoint.
   */
  public Optional<VictimReport> completed(VictimReport report) {
    List<ReportedTransfer> transfers = new ArrayList<>();
    boolean found = false;
    for (ReportedTransfer paid : report.getTransfers()) {
      Optional<BankTransaction> booked =
          paid.getPayeeBankTransactionId() != null
              ? Optional.empty()
              : booked(paid.getPayer(), paid.getPayee(), paid.getAmountFen(), paid.getOccurredAt());
      found |= booked.isPresent();
      transfers.add(booked.map(moved -> completed(paid, moved)).orElse(paid));
    }
    return found
        ? Optional.of(VictimReport.newBuilder(report).setTransfers(transfers).build())
        : Optional.empty();
  }

  private static ReportedTransfer completed(ReportedTransfer paid, BankTransaction moved) {
    return ReportedTransfer.newBuilder(paid)
        .setPayee(completed(paid.getPayee(), moved.getPayee()))
        .setOccurredAt(moved.getPayeeBooking().getBookedAt())
        .setTransactionId(moved.getTransactionId())
        .setPayeeBankTransactionId(moved.getPayeeBooking().getBankTransactionId())
        .build();
  }

  /**
   * Accepts the report again with the bookings found, so that its requests can be signed.
   *
   * @return the act's id
   * @throws IntakeException when nothing is found that it lacks
   */
  public String complete(Person officer, VictimReport report) {
    VictimReport completed =
        completed(report).orElseThrow(() -> new IntakeException("report.nothingFound"));
    return acts.complete(officer, completed, scans.documents(report.getReportId()));
  }

  /**
   * Accepts the report again with the right name of an account whose bank knows it under another:
   * another ciphertext makes another order object of the same account.
   *
   * @param order the order that failed on the name
   * @param number the account's number, which the desk does not keep
   * @param name the name as it is right
   * @return the act's id
   * @throws IntakeException when the number is another account's, or the report does not name the
   *     account
   */
  public String correct(
      Person officer, VictimReport report, StopPaymentRequest order, String number, String name) {
    if (name.isBlank() || name.length() > NAME_MAX) {
      throw new IntakeException("fault.name");
    }
    AccountRef right = account(StatementForm.plain(number), name, null);
    if (!right.getAccountToken().equals(order.getTarget().getAccountToken())) {
      throw new IntakeException("correct.otherAccount");
    }
    List<ReportedTransfer> transfers = new ArrayList<>();
    boolean found = false;
    for (ReportedTransfer stated : report.getTransfers()) {
      boolean meant = stated.getPayee().getAccountToken().equals(right.getAccountToken());
      found |= meant;
      transfers.add(
          meant
              ? ReportedTransfer.newBuilder(stated)
                  .setPayee(completed(right, stated.getPayee()))
                  .build()
              : stated);
    }
    if (!found) {
      throw new IntakeException("correct.byBank");
    }
    return acts.correct(
        officer,
        VictimReport.newBuilder(report).setTransfers(transfers).build(),
        scans.documents(report.getReportId()));
  }

  /**
   * Accepts a report that a bank has lodged, with what other banks have booked of it.
   *
   * @return the act's id
   * @throws IntakeException when form or identity document are missing: an officer has examined
   *     both
   */
  public String acceptLodged(Person officer, VictimReport report) {
    if (!scans.kinds(report.getReportId()).containsAll(List.of("form", "id"))) {
      throw new IntakeException("report.noScans");
    }
    return acts.accept(
        officer, completed(report).orElse(report), scans.documents(report.getReportId()));
  }

  private VictimReport report(Person officer, Statement statement) {
    String holder = tokens.holder(statement.idNumber());
    identities.keep(
        holder, new ClearIdentity(TokenKind.HOLDER, statement.name(), statement.idNumber()));
    reachable(statement);
    AccountRef payer = account(statement.payerNumber(), statement.name(), holder);
    List<ReportedTransfer> transfers = new ArrayList<>();
    for (Statement.Paid paid : statement.transfers()) {
      transfers.add(transfer(payer, account(paid.number(), paid.name(), null), paid));
    }
    return VictimReport.newBuilder()
        .setReportId(statement.reportId())
        .setReportedAt(statement.begunAt())
        .setReceivedAt(acts.tick())
        .setHolderToken(holder)
        .setTakenBy(officer.id())
        .setReportChannel(statement.channel())
        .setTypology(statement.typology().isEmpty() ? null : statement.typology())
        .setTransfers(transfers)
        .build();
  }

  /** Keeps the victim's number in the vault, and beside the form its token. */
  private void reachable(Statement statement) {
    if (statement.phone().isEmpty()) {
      return;
    }
    String token = tokens.number(Telephone.meant(statement.phone()).get(0));
    identities.keep(token, new ClearIdentity(TokenKind.NUMBER, "", statement.phone()));
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.draft_report set number_token = ? where report_id = ?",
                    token,
                    statement.reportId()));
  }

  private AccountRef account(String number, String name, String holder) {
    Bank bank = banks.byCard(number).orElseThrow(() -> new IntakeException("fault.bank"));
    String token = tokens.account(bank.code(), number);
    identities.keep(token, new ClearIdentity(TokenKind.ACCOUNT, name, number));
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setCipher(sealer.seal(bank.code(), token, new ClearAccount(name, number)))
        .setBank(bank.code())
        .setHolderToken(holder)
        .setKind(AccountKind.UNKNOWN)
        .build();
  }

  /** What the banks have said about this transfer completes what the victim says. */
  private ReportedTransfer transfer(AccountRef payer, AccountRef payee, Statement.Paid paid) {
    Optional<BankTransaction> booked = booked(payer, payee, paid.amountFen(), paid.at());
    Booking booking = booked.map(BankTransaction::getPayeeBooking).orElse(null);
    return ReportedTransfer.newBuilder()
        .setPayer(payer)
        .setPayee(
            booked
                .map(BankTransaction::getPayee)
                .map(known -> completed(payee, known))
                .orElse(payee))
        .setAmountFen(paid.amountFen())
        .setOccurredAt(booking == null ? paid.at() : booking.getBookedAt())
        .setTransactionId(booked.map(BankTransaction::getTransactionId).orElse(null))
        .setPayeeBankTransactionId(booking == null ? null : booking.getBankTransactionId())
        .setBasis(
            ApplicationType.namesSubaccount(paid.number()) ? new StopBasis(null, false) : null)
        .build();
  }

  /**
   * Kind and balance come from the bank; name and number are the victim's and go to the bank
   * sealed.
   */
  private static AccountRef completed(AccountRef stated, AccountRef known) {
    return AccountRef.newBuilder(known).setCipher(stated.getCipher()).build();
  }

  private Optional<BankTransaction> booked(
      AccountRef payer, AccountRef payee, long amountFen, Instant at) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select body from seen.event where payer_account = ? and payee_account = ?
                          and amount_fen = ? and occurred_at between ? and ? order by occurred_at desc limit 10\
                        """)
                    .bind(0, payer.getAccountToken())
                    .bind(1, payee.getAccountToken())
                    .bind(2, amountFen)
                    .bind(3, at.minus(ABOUT))
                    .bind(4, at.plus(ABOUT))
                    .mapTo(byte[].class)
                    .list())
        .stream()
        .map(body -> (BankTransaction) Bodies.read(body, EnrichedEvent.class).getEvent())
        .filter(moved -> moved.getPayeeBooking() != null)
        .findFirst();
  }

  /**
   * About a number.
   *
   * @param bank whose it is; null when no prefix fits, and for a victim
   * @param masked true when digits are hidden: the sending bank must be asked
   * @param reports other reports that name the account, or that the victim has made; {@value
   *     #REPORTS_MAX} at most
   * @param live state of an order that is under way or in force; empty when none is
   * @param ownStop true while a stop is in force that a bank reported to have made itself
   * @param measures freezes and holds of the account beside orders, those in force first; {@value
   *     #MEASURES_MAX} at most
   */
  public record Known(
      Bank bank,
      boolean masked,
      List<String> reports,
      String live,
      boolean ownStop,
      List<Restriction> measures) {

    private static Known of(Bank bank, boolean masked) {
      return new Known(bank, masked, List.of(), "", false, List.of());
    }
  }

  /**
   * What lies beside a report.
   *
   * @param reportId whose
   * @param facts brief facts; empty while there are none
   * @param scans of its form and of identity documents
   */
  public record Told(String reportId, String facts, List<Scan> scans) {}

  /** A report that cannot be written; its key names the sentence that says why. */
  public static final class IntakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IntakeException(String key) {
      super(key);
    }
  }
}
