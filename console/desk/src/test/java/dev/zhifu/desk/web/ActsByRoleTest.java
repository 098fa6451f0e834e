package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.rules.RuleTools;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.WarningTier;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every act of the desk pressed over HTTP by every role on an object that is there and ripe for it.
 * Whoever may not is answered 403, nothing is written and the try is in the audit; the very same
 * press of one who may then reaches the outbox or the topic, so that no refusal was the object's.
 * Roles are those of the domain and of the tables of docs/lives.md, written here by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActsByRoleTest {
  private static final Set<Role> OFFICERS = EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER);
  private static final Set<Role> SECONDS = EnumSet.of(Role.SHIFT_LEADER, Role.SUPERVISOR);
  private static final Set<Role> HEADS = EnumSet.of(Role.SUPERVISOR, Role.CITY_HEAD);
  private static final Set<Role> OFFICERS_AND_HEADS =
      EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER, Role.SUPERVISOR, Role.CITY_HEAD);
  private static final Set<Role> HEAD = EnumSet.of(Role.SUPERVISOR);
  private static final Set<Role> LEGAL = EnumSet.of(Role.LEGAL);
  private static final Set<Role> AUTHOR = EnumSet.of(Role.RULE_AUTHOR);
  private static final Set<Role> APPROVER = EnumSet.of(Role.RULE_APPROVER);

  /** Who asks where somebody else must have asked before. */
  private static final String COLLEAGUE = "officer-2";

  private static final String BANK = "B02";
  private static final long FEN = 4_000_000;
  private static final Path CATALOGUE = Path.of("../../rules/catalogue/V03");
  private static final int BEFORE_THE_NOTICE_ENDS = 8;

  private final List<Act> acts = new ArrayList<>();
  private final Map<String, HttpPerson> people = new HashMap<>();
  private final Deque<RefundCast> noticed = new ArrayDeque<>();
  private DeskRig rig;
  private RecoveryTwin recovery;
  private Instant now = Cast.T0;
  private String standing;
  private int told;

  /** A form sent, and whether it has reached its place, by whom. */
  private record Press(
      String path, List<Map.Entry<String, String>> form, Predicate<String> reached) {}

  /** Something that can be done: by whom, and how, on an object made for one person's press. */
  record Act(String name, Set<Role> may, Function<String, Press> real) {}

  @BeforeAll
  void start() throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/rules")), "acts");
    rig =
        new DeskRig(
            getClass().getSimpleName().toLowerCase(Locale.ROOT),
            new RuleTools(folder, folder.resolve("launcher"), null));
    rig.publish("V03");
    rig.caughtUp();
    recovery = new RecoveryTwin(rig);
    orders();
    cases();
    freezes();
    holds();
    appeals();
    papers();
    reports();
    warnings();
    shifts();
    standings();
    rules();
    others();
    // Refunds are last: their notice takes 31 days of the engine's clock.
    refunds();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @TestFactory
  Stream<DynamicTest> everyActIsItsRolesAloneAndReachesItsPlace() {
    return acts.stream().flatMap(this::tests);
  }

  @Test
  void theTableIsWhole() {
    long may = acts.stream().mapToLong(act -> act.may().size()).sum();
    long inVain = acts.stream().mapToLong(act -> refused(act).size()).sum();
    System.out.printf(
        "acts by role: %d acts × %d roles, %d presses: %d taken and %d refused%n",
        acts.size(), Role.values().length, may + inVain, may, inVain);
    assertThat(acts).extracting(Act::name).doesNotHaveDuplicates();
    assertThat(acts).hasSize(82);
    assertThat(may).isEqualTo(168);
  }

  private Stream<DynamicTest> tests(Act act) {
    Map<String, Press> made = new HashMap<>();
    String first = person(act.may().iterator().next());
    return Stream.concat(refused(act).stream(), act.may().stream())
        .map(
            role ->
                DynamicTest.dynamicTest(
                    act.name() + " " + role,
                    () -> {
                      String person = person(role);
                      boolean may = act.may().contains(role);
                      Press press = made.computeIfAbsent(may ? person : first, act.real());
                      if (may) {
                        taken(act, press, person);
                      } else {
                        refused(press, person);
                      }
                    }));
  }

  /**
   * Roles that press in vain, before those that may: two in turn here, so that each meets some act;
   * all in {@link ActsByEveryRoleTest}. The routes refuse each of them in {@link AccessTest}.
   */
  List<Role> refused(Act act) {
    List<Role> all = refusedByAll(act);
    int from = acts.indexOf(act) % all.size();
    return List.of(all.get(from), all.get((from + all.size() / 2) % all.size()));
  }

  static List<Role> refusedByAll(Act act) {
    return Arrays.stream(Role.values()).filter(role -> !act.may().contains(role)).toList();
  }

  private void taken(Act act, Press press, String person) {
    assertThat(press.reached().test(person)).as("before %s presses", person).isFalse();
    HttpResponse<String> answer = as(person).post(press.path(), press.form());
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 302);
    assertThat(press.reached().test(person)).as("%s of %s is written", act.name(), person).isTrue();
  }

  private void refused(Press press, String person) {
    HttpPerson presser = as(person);
    String before = written();
    long noted =
        count("select count(*) from own.audit where what = 'REFUSED' and person_id = ?", person);
    HttpResponse<String> answer = presser.post(press.path(), press.form());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(written()).as("what a refused press of %s leaves", person).isEqualTo(before);
    assertThat(
            count(
                "select count(*) from own.audit where what = 'REFUSED' and person_id = ?", person))
        .as("in the audit")
        .isEqualTo(noted + 1);
  }

  /** Everything that the desk owns but sessions and refusals, and how much lies on the topics. */
  private String written() {
    List<String> tables =
        rig.store()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select table_name from information_schema.tables where table_schema ="
                                + " 'own' and table_name not in ('session', 'sign_on', 'audit',"
                                + " 'projection') order by 1")
                        .mapTo(String.class)
                        .list());
    StringBuilder sql =
        new StringBuilder("select 'audit ' || count(*) from own.audit where what <> 'REFUSED'");
    for (String table : tables) {
      sql.append(" union all select '")
          .append(table)
          .append(" ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from own.")
          .append(table)
          .append(" t");
    }
    return rig.store()
            .jdbi()
            .withHandle(h -> h.createQuery(sql.toString()).mapTo(String.class).list())
        + " topics "
        + rig.topics().all().size();
  }

  // --- people and what they have done ------------------------------------------------------------

  private static String person(Role role) {
    return DemoPeople.all().stream()
        .filter(one -> one.role() == role)
        .map(Person::id)
        .findFirst()
        .orElseThrow();
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }

  private long count(String sql, Object... values) {
    return Long.parseLong(text(sql, values));
  }

  private String text(String sql, Object... values) {
    List<String> found = rig.store().rows((row, context) -> row.getString(1), sql, values);
    assertThat(found).as(sql).hasSize(1);
    return found.get(0);
  }

  private Predicate<String> row(String sql, Object... values) {
    return person -> {
      Object[] all = Arrays.copyOf(values, values.length + 1);
      all[values.length] = person;
      return count(sql, all) > 0;
    };
  }

  /** An act that waits for its second person. */
  private Predicate<String> asked(String about, String event) {
    return row(
        "select count(*) from own.act where ? in (object_id, case_id) and ? in (event, kind) and"
            + " state = 'ASKED' and officer_id = ?",
        about,
        event);
  }

  /** An act that was signed by one person and lies on its topic. */
  private Predicate<String> sent(String about, String event) {
    return person -> signed(about, event).anyMatch(act -> act.officer().equals(person));
  }

  /** An act that bears both names and lies on its topic. */
  private Predicate<String> confirmed(String about, String event) {
    return person -> signed(about, event).anyMatch(act -> person.equals(act.second()));
  }

  private record Signed(String about, String caseId, String event, String officer, String second) {}

  private Stream<Signed> signed(String about, String event) {
    Stream<Signed> officers =
        rig.topics().all("officer.acts").stream()
            .map(record -> Bodies.read(record.value(), OfficerAct.class))
            .map(
                act ->
                    new Signed(
                        act.getObjectId(),
                        "",
                        act.getKind().name(),
                        act.getOfficerId(),
                        act.getSecondOfficerId()));
    Stream<Signed> lives =
        rig.topics().all("recovery.acts").stream()
            .map(record -> Bodies.read(record.value(), RecoveryAct.class))
            .map(
                act ->
                    new Signed(
                        act.getObjectId(),
                        act.getCaseId(),
                        act.getEvent(),
                        act.getOfficerId(),
                        act.getSecondOfficerId()));
    return Stream.concat(officers, lives)
        .filter(act -> act.event().equals(event))
        .filter(act -> act.about().equals(about) || act.caseId().equals(about));
  }

  private String groupOf(String about, String event) {
    return text(
        "select distinct group_id from own.act where ? in (object_id, case_id) and ? in (event,"
            + " kind) and state = 'ASKED'",
        about,
        event);
  }

  private static List<Map.Entry<String, String>> form(String... pairs) {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(Map.entry(pairs[i], pairs[i + 1]));
    }
    return form;
  }

  private void done(String person, Press press) {
    HttpResponse<String> answer = as(person).post(press.path(), press.form());
    assertThat(answer.statusCode()).as(press + " " + answer.body()).isIn(200, 302);
  }

  private void add(String name, Set<Role> may, Function<String, Press> real) {
    acts.add(new Act(name, may, real));
  }

  /** What one person asks for and a second confirms. */
  private void byTwo(
      String name,
      Set<Role> may,
      String second,
      String event,
      Supplier<DeskRig.Told> object,
      Function<DeskRig.Told, Press> press) {
    add(name, may, any -> press.apply(object.get()));
    add(
        second + " as the second person",
        SECONDS,
        any -> {
          DeskRig.Told one = object.get();
          Press asked = press.apply(one);
          done(COLLEAGUE, asked);
          String about = asked.path().equals("/act") ? orderId(one) : caseId(one);
          return new Press(
              "/act/" + groupOf(about, event) + "/confirm", form(), confirmed(about, event));
        });
  }

  // --- objects -----------------------------------------------------------------------------------

  private DeskRig.Told told() {
    told++;
    DeskRig.Told one = rig.tell("角色" + told, FEN, "R-role-" + told);
    rig.caughtUp();
    return one;
  }

  private void says(StopPaymentRequest order) {
    rig.topics().write("stop.requests", order.getOrderId(), order);
    rig.caughtUp();
  }

  /** A reported case with a stop in force. */
  private DeskRig.Told stopped() {
    DeskRig.Told one = told();
    recovery.accepted(one.opened(), one.draft().getReportId(), Cast.T0);
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "someone", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank." + BANK + ".inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, FEN, Cast.T0));
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    says(active);
    recovery.stop(active);
    rig.caughtUp();
    return one;
  }

  private static String caseId(DeskRig.Told one) {
    return one.opened().getCaseId();
  }

  private static String orderId(DeskRig.Told one) {
    return one.draft().getOrderId();
  }

  /** A case that a score alone has reached. */
  private DeskRig.Told alerted() {
    DeskRig.Told one = told();
    recovery.alerted(one.opened(), Cast.T0);
    return one;
  }

  private Press life(
      String life, DeskRig.Told one, String object, String event, boolean two, String... more) {
    List<Map.Entry<String, String>> form =
        form("case", caseId(one), "life", life, "object", object, "event", event);
    if (!Arrays.asList(more).contains("reason")) {
      form.addAll(form("reason", "按规定办理"));
    }
    form.addAll(form(more));
    return new Press("/life", form, two ? asked(caseId(one), event) : sent(caseId(one), event));
  }

  private void did(String person, Press press) {
    done(person, press);
    recovery.answer(now);
  }

  private void didByTwo(Press press, String about, String event) {
    done(COLLEAGUE, press);
    done("officer-4", new Press("/act/" + groupOf(about, event) + "/confirm", form(), any -> true));
    recovery.answer(now);
  }

  private DeskRig.Told filed() {
    DeskRig.Told one = stopped();
    did("head-1", aCase(one, "FILED"));
    return one;
  }

  private String object(DeskRig.Told one, String kind) {
    return text(
        "select distinct object_id from seen.life_change where kind = ? and case_id = ?",
        kind,
        caseId(one));
  }

  // --- the table ---------------------------------------------------------------------------------

  private Press order(DeskRig.Told one, String kind, String reason, boolean two) {
    return new Press(
        "/act",
        form("order", orderId(one), "case", caseId(one), "kind", kind, "reason", reason),
        two ? asked(orderId(one), kind) : sent(orderId(one), kind));
  }

  private void orders() {
    byTwo(
        "ask to sign",
        OFFICERS,
        "sign",
        "SIGN_ORDER",
        this::told,
        one -> order(one, "SIGN_ORDER", "报案属实", true));
    add(
        "refuse as the second person",
        SECONDS,
        any -> {
          DeskRig.Told one = told();
          done(COLLEAGUE, order(one, "SIGN_ORDER", "报案属实", true));
          return new Press(
              "/act/" + groupOf(orderId(one), "SIGN_ORDER") + "/refuse",
              form(),
              row(
                  "select count(*) from own.act where object_id = ? and state = 'REFUSED' and"
                      + " second_officer_id = ?",
                  orderId(one)));
        });
    add("reject a request", OFFICERS, any -> order(told(), "REJECT_REQUEST", "材料不足", false));
    add("ask to sign many", OFFICERS, any -> many());
    add(
        "sign many as the second person",
        SECONDS,
        any -> {
          Press many = many();
          done(COLLEAGUE, many);
          String order = many.form().get(0).getValue();
          String other = many.form().get(1).getValue();
          return new Press(
              "/act/" + groupOf(order, "SIGN_ORDER") + "/confirm",
              form(),
              confirmed(order, "SIGN_ORDER").and(confirmed(other, "SIGN_ORDER")));
        });
    byTwo(
        "ask to extend",
        OFFICERS,
        "extend",
        "EXTEND",
        this::stopped,
        one -> order(one, "EXTEND", "尚未立案，资金仍在", true));
    byTwo(
        "ask to release, with its cause",
        OFFICERS,
        "release",
        "RELEASE",
        this::stopped,
        one -> order(one, "RELEASE", "MODEL_FP", true));
  }

  /** Two orders of one report. */
  private Press many() {
    DeskRig.Told one = told();
    DeskRig.Told other = rig.tell("又" + told, FEN / 2, one.draft().getReportId());
    rig.caughtUp();
    return new Press(
        "/acts",
        form("order", orderId(one), "order", orderId(other), "case", caseId(one), "reason", "同一报案"),
        asked(orderId(one), "SIGN_ORDER").and(asked(orderId(other), "SIGN_ORDER")));
  }

  private void cases() {
    byTwo(
        "dismiss as false, with its cause",
        OFFICERS,
        "dismiss",
        "DISMISS_CASE",
        this::alerted,
        this::dismissal);
    add("file a case", HEADS, any -> aCase(stopped(), "FILED"));
    add("decide not to file", HEADS, any -> aCase(stopped(), "NOT_FILED"));
    add("withdraw a case", HEADS, any -> aCase(filed(), "WITHDRAWN"));
    add("begin to investigate", OFFICERS, any -> aCase(filed(), "INVESTIGATION_BEGUN"));
    add(
        "take a case, or take it over",
        OFFICERS,
        any -> {
          DeskRig.Told one = told();
          done("officer-3", new Press("/case/" + caseId(one) + "/assign", form(), p -> true));
          return new Press(
              "/case/" + caseId(one) + "/assign",
              form(),
              row(
                  "select count(*) from own.assignment where case_id = ? and person_id = ?",
                  caseId(one)));
        });
  }

  private Press aCase(DeskRig.Told one, String event) {
    return life("CASE", one, caseId(one), event, false);
  }

  private Press dismissal(DeskRig.Told one) {
    return life(
        "CASE",
        one,
        caseId(one),
        "NO_FRAUD_FOUND",
        true,
        "cause",
        "KNOWN_PAYEE",
        "reason",
        "已与本人核实");
  }

  private void freezes() {
    add("convert a stop to a freeze", OFFICERS, any -> proposal(filed()));
    add("review a freeze", LEGAL, any -> review(proposed()));
    add("approve a freeze", HEADS, any -> freeze(reviewed(), "APPROVED"));
    add(
        "refuse a freeze",
        EnumSet.of(Role.LEGAL, Role.SUPERVISOR, Role.CITY_HEAD),
        any -> freeze(proposed(), "REFUSED"));
    add("send a freeze", OFFICERS, any -> freeze(approved(), "SENT"));
    add(
        "find all of a freeze involved",
        OFFICERS,
        any -> frozen("VERIFIED_ALL", "amount", "100000"));
    add("find part of a freeze involved", OFFICERS, any -> frozen("VERIFIED_PART", "amount", "1"));
    add("find a freeze unrelated", OFFICERS, any -> frozen("FOUND_UNRELATED"));
    add("sign the release of a freeze", HEADS, any -> frozen("RELEASE_SIGNED"));
    add(
        "sign the release of the rest of a freeze",
        HEADS,
        any -> {
          told++;
          RefundCast about = new RefundCast(rig, recovery).frozen("多" + told);
          did(
              COLLEAGUE,
              life(
                  "FREEZE", about.told(), about.freezeId(), "VERIFIED_PART", false, "amount", "1"));
          return life("FREEZE", about.told(), about.freezeId(), "REST_RELEASE_SIGNED", false);
        });
  }

  private Press freeze(DeskRig.Told one, String event) {
    return life("FREEZE", one, freezeId(one), event, false);
  }

  private static String freezeId(DeskRig.Told one) {
    return LifeOffers.freezeId(one.draft());
  }

  private Press proposal(DeskRig.Told one) {
    Press press =
        life(
            "FREEZE",
            one,
            orderId(one),
            "PROPOSED",
            false,
            "mode",
            "AMOUNT",
            "amount",
            "40000",
            "scope",
            "账户内等额资金",
            "fruits",
            "no",
            "goodFaith",
            "no",
            "channel",
            "PLATFORM");
    return press;
  }

  private DeskRig.Told proposed() {
    DeskRig.Told one = filed();
    did(COLLEAGUE, proposal(one));
    return one;
  }

  private Press review(DeskRig.Told one) {
    return new Press(
        "/freeze/" + freezeId(one) + "/review",
        form("case", caseId(one), "reason", "无异议"),
        sent(caseId(one), "REVIEWED"));
  }

  private DeskRig.Told reviewed() {
    DeskRig.Told one = proposed();
    did("legal-1", review(one));
    return one;
  }

  private DeskRig.Told approved() {
    DeskRig.Told one = reviewed();
    did("head-1", freeze(one, "APPROVED"));
    return one;
  }

  /** An act about a freeze that its bank has confirmed. */
  private Press frozen(String event, String... more) {
    told++;
    RefundCast about = new RefundCast(rig, recovery).frozen("冻" + told);
    return life("FREEZE", about.told(), about.freezeId(), event, false, more);
  }

  private void holds() {
    add("propose a victim hold", OFFICERS, any -> protection(alerted()));
    byTwo(
        "approve a victim hold",
        OFFICERS_AND_HEADS,
        "approve a victim hold",
        "APPROVED",
        () -> protectedBy("PROPOSED"),
        one -> hold(one, "APPROVED"));
    add(
        "refuse a victim hold",
        OFFICERS_AND_HEADS,
        any -> {
          DeskRig.Told one = protectedBy("PROPOSED");
          return life("VICTIM_HOLD", one, object(one, "VICTIM_HOLD"), "REFUSED", false);
        });
    add(
        "allow a payment in hardship",
        OFFICERS,
        any ->
            hold(protectedBy("ACTIVE"), "HARDSHIP_ALLOWED", "amount", "5000", "reason", "MEDICAL"));
    byTwo(
        "lift a victim hold",
        OFFICERS,
        "lift a victim hold",
        "LIFT_DECIDED",
        () -> protectedBy("APPROVED"),
        one -> hold(one, "LIFT_DECIDED", "number", "上门记录 12"));
  }

  private Press protection(DeskRig.Told one) {
    return life(
        "VICTIM_HOLD",
        one,
        "",
        "PROPOSED",
        false,
        "account",
        one.victim().getAccountToken(),
        "days",
        "7",
        "reason",
        "怀疑继续受骗");
  }

  private Press hold(DeskRig.Told one, String event, String... more) {
    return life("VICTIM_HOLD", one, object(one, "VICTIM_HOLD"), event, true, more);
  }

  private DeskRig.Told protectedBy(String state) {
    DeskRig.Told one = alerted();
    did(COLLEAGUE, protection(one));
    if (!state.equals("PROPOSED")) {
      didByTwo(hold(one, "APPROVED"), caseId(one), "APPROVED");
    }
    if (state.equals("ACTIVE")) {
      printed(one);
      served(one);
      did(
          COLLEAGUE,
          paper(
              one,
              "ANSWERED",
              false,
              "answer",
              "BANK_APPLIED",
              "number",
              "复 1",
              "start",
              "02:09:30"));
    }
    return one;
  }

  // --- papers ------------------------------------------------------------------------------------

  private Press paper(DeskRig.Told one, String event, boolean two, String... more) {
    return life("PAPER", one, object(one, "PAPER"), event, two, more);
  }

  private void printed(DeskRig.Told one) {
    did(COLLEAGUE, paper(one, "PRINTED", false));
  }

  private Press service(DeskRig.Told one) {
    return paper(
        one, "SERVED", true, "number", "回执 7", "to", "赵经理", "at", "02:10:00", "desk", "值班台");
  }

  private void served(DeskRig.Told one) {
    didByTwo(service(one), caseId(one), "SERVED");
  }

  /** An order sent to a bank that reads none. */
  private DeskRig.Told onPaper() {
    DeskRig.Told one = told();
    recovery.accepted(one.opened(), one.draft().getReportId(), Cast.T0);
    StopPaymentRequest signed = Cast.next(one.draft(), OrderState.SIGNED, "someone", Cast.T0);
    says(signed);
    StopPaymentRequest sent = Cast.next(signed, OrderState.SENT, "sent", Cast.T0);
    says(sent);
    recovery.stopOnPaper(sent);
    return one;
  }

  private void papers() {
    add("print a paper", OFFICERS, any -> paper(onPaper(), "PRINTED", false));
    byTwo(
        "serve a paper",
        OFFICERS,
        "serve a paper",
        "SERVED",
        () -> {
          DeskRig.Told one = onPaper();
          printed(one);
          return one;
        },
        this::service);
    add(
        "type in what a bank answered on paper",
        OFFICERS,
        any -> {
          DeskRig.Told one = onPaper();
          printed(one);
          served(one);
          Press press =
              paper(
                  one,
                  "ANSWERED",
                  false,
                  "answer",
                  "BANK_STOPPED",
                  "number",
                  "复 7",
                  "amount",
                  "40000",
                  "start",
                  "02:05:00");
          return press;
        });
  }

  private void appeals() {
    add(
        "lodge an appeal",
        EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER, Role.BANK),
        any -> lodging(stopped()));
    add(
        "take up an appeal that a bank lodged",
        OFFICERS,
        any -> {
          DeskRig.Told one = stopped();
          done("bank-b02", lodging(one));
          String id = appealOf(one);
          return new Press("/appeal/" + id + "/take", form(), sent(id, "SUBMITTED"));
        });
    add("accept an appeal", OFFICERS, any -> appeal(lodged(), "ACCEPTED", false));
    add(
        "put an appeal before who decided",
        OFFICERS,
        any -> appeal(accepted(), "CHECK_BEGUN", false));
    add(
        "reject an appeal",
        OFFICERS_AND_HEADS,
        any -> {
          DeskRig.Told one = accepted();
          did(COLLEAGUE, appeal(one, "CHECK_BEGUN", false));
          return appeal(one, "REJECTED", true, "remedy", "补充材料再次申诉");
        });
    byTwo(
        "uphold an appeal",
        OFFICERS_AND_HEADS,
        "uphold an appeal",
        "UPHELD",
        this::accepted,
        one -> appeal(one, "UPHELD", true, "cause", "BONA_FIDE"));
  }

  private String appealOf(DeskRig.Told one) {
    return text("select appeal_id from own.appeal where restriction_id = ?", orderId(one));
  }

  private Press lodging(DeskRig.Told one) {
    return new Press(
        "/appeal",
        form("object", orderId(one), "lodgedBy", "HOLDER", "statement", "货款", "harm", "今日发薪"),
        row(
            "select count(*) from own.appeal where restriction_id = ? and person_id = ?",
            orderId(one)));
  }

  /** An appeal that recovery knows, against a stop that an officer signed. */
  private DeskRig.Told lodged() {
    DeskRig.Told one = stopped();
    rig.topics()
        .write(
            "officer.acts",
            orderId(one),
            OfficerAct.newBuilder()
                .setActId("signed " + orderId(one))
                .setKind(ActKind.SIGN_ORDER)
                .setOfficerId("officer-3")
                .setRole("DUTY_OFFICER")
                .setSecondOfficerId("officer-4")
                .setAt(Cast.T0)
                .setObjectId(orderId(one))
                .setReason("REPORT_TRACED")
                .setDocuments(List.of())
                .setKeyId("")
                .setSignature(ByteBuffer.allocate(0))
                .build());
    rig.caughtUp();
    did(COLLEAGUE, lodging(one));
    return one;
  }

  private DeskRig.Told accepted() {
    DeskRig.Told one = lodged();
    did(COLLEAGUE, appeal(one, "ACCEPTED", false));
    return one;
  }

  private Press appeal(DeskRig.Told one, String event, boolean two, String... more) {
    return life("APPEAL", one, appealOf(one), event, two, more);
  }

  private void reports() {
    add("take a report", OFFICERS, any -> intake());
    add("type in brief facts", OFFICERS, any -> facts());
    add("take over a booking seen later", OFFICERS, any -> late());
    add("ask anew with the right name", OFFICERS, any -> misnamed());
    add("accept a report that a bank lodged", OFFICERS, any -> lodgedReport());
    add(
        "acknowledge what is new",
        OFFICERS,
        any -> {
          DeskRig.Told one = told();
          return new Press(
              "/alarms/acknowledge",
              form("shown", Shell.mark(orderId(one))),
              row(
                  "select count(*) from own.acknowledged where order_id = ? and person_id = ?",
                  orderId(one)));
        });
  }

  private Press intake() {
    String reportId = Forms.reportId(as("officer-3").get("/intake").body());
    Forms.scanned(rig, reportId);
    return new Press(
        "/intake", List.copyOf(Forms.report(reportId).entrySet()), sent(reportId, "ACCEPT_REPORT"));
  }

  private Press facts() {
    String reportId = Forms.reportId(as("officer-3").get("/intake").body());
    return new Press(
        "/report/" + reportId + "/facts",
        form("facts", "冒充客服，共享屏幕"),
        row(
            "select count(*) from own.audit where what = 'BRIEF FACTS' and object_id = ? and"
                + " person_id = ?",
            reportId));
  }

  private VictimReport report(String id, AccountRef victim, AccountRef mule, Instant at) {
    return VictimReport.newBuilder()
        .setReportId(id)
        .setReportedAt(Cast.T0)
        .setReceivedAt(Cast.T0)
        .setHolderToken(victim.getHolderToken())
        .setTakenBy("officer-1")
        .setReportChannel("110")
        .setTransfers(
            List.of(
                ReportedTransfer.newBuilder()
                    .setPayer(victim)
                    .setPayee(mule)
                    .setAmountFen(FEN)
                    .setOccurredAt(at)
                    .build()))
        .build();
  }

  private void reported(VictimReport report) {
    rig.topics().write("victim.reports", report.getReportId(), report);
    rig.caughtUp();
  }

  private Press late() {
    told++;
    AccountRef victim =
        Cast.account("B01", String.format("6217010000000%06d", told), "晚" + told, FEN);
    AccountRef mule = Cast.account(BANK, String.format("6217020000000%06d", told), "到" + told, 0);
    BankTransaction paid =
        Cast.transfer("role-late-" + told, victim, mule, FEN, Cast.T0.minusSeconds(300));
    String id = "R-late-" + told;
    reported(report(id, victim, mule, paid.getOccurredAt().minusSeconds(60)));
    rig.topics().write("risk.enriched", paid.getEventId(), Cast.enriched(paid, new Features()));
    rig.caughtUp();
    return new Press("/report/" + id + "/complete", form(), sent(id, "ACCEPT_REPORT"));
  }

  private Press misnamed() {
    told++;
    String name = "误名" + told;
    String reportId = "R-name-" + told;
    DeskRig.Told one = rig.tell(name, FEN, reportId);
    rig.caughtUp();
    reported(report(reportId, one.victim(), one.mule(), Cast.T0.minusSeconds(300)));
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0);
    says(Cast.next(sent, OrderState.MISMATCH, "receipt", Cast.T0));
    String number = String.format("621702%013d", Math.floorMod(name.hashCode(), 1_000_000));
    return new Press(
        "/order/" + orderId(one) + "/correct",
        form("case", caseId(one), "number", number, "name", "赵某某"),
        sent(reportId, "ACCEPT_REPORT"));
  }

  private Press lodgedReport() {
    told++;
    String id = "R-bank-" + told;
    AccountRef victim =
        Cast.account("B01", String.format("6217010000001%06d", told), "行" + told, FEN);
    AccountRef mule = Cast.account(BANK, String.format("6217020000001%06d", told), "报" + told, 0);
    reported(report(id, victim, mule, Cast.T0.minusSeconds(300)));
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.bank_report (report_id, bank, received_at, incident, operator)"
                        + " values (?, ?, ?, '转账到“安全账户”', '柜员 07')",
                    id,
                    BANK,
                    Cast.T0));
    Forms.scanned(rig, id);
    return new Press("/report/" + id + "/accept", form(), sent(id, "ACCEPT_REPORT"));
  }

  private void warnings() {
    add("send somebody to the victim", OFFICERS, any -> sending(alerted()));
    add(
        "send somebody of no directory",
        OFFICERS,
        any -> {
          DeskRig.Told one = alerted();
          return new Press(
              "/warning/" + warningId(one) + "/send",
              form("contact", "hand", "level", "GRID", "name", "巴图家网格户", "phone", "0477-000 1234"),
              step(one, "SENT"));
        });
    add(
        "note what came of a warning",
        EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER, Role.FIELD),
        any -> {
          DeskRig.Told one = sentSomebody();
          return new Press(
              "/warning/" + warningId(one) + "/step",
              form("kind", "REACHED", "note", "已劝住"),
              step(one, "REACHED"));
        });
    add(
        "end a warning without a visit",
        OFFICERS,
        any -> {
          DeskRig.Told one = sentSomebody();
          return new Press(
              "/warning/" + warningId(one) + "/step",
              form("kind", "ENDED", "note", "本人在外地，已电话核实"),
              step(one, "ENDED"));
        });
    add(
        "tell recovery of a warning's outcome",
        OFFICERS,
        any -> {
          DeskRig.Told one = sentSomebody();
          done(
              "station-1",
              new Press(
                  "/warning/" + warningId(one) + "/step", form("kind", "REACHED"), p -> true));
          return new Press(
              "/warning/" + warningId(one) + "/case", form(), sent(caseId(one), "CONVINCED"));
        });
  }

  private static String warningId(DeskRig.Told one) {
    return Cast.warning(one.opened(), WarningTier.HIGH).getWarningId();
  }

  private Predicate<String> step(DeskRig.Told one, String kind) {
    return row(
        "select count(*) from own.warning_step where warning_id = ? and kind = ? and person_id = ?",
        warningId(one),
        kind);
  }

  private Press sending(DeskRig.Told one) {
    return new Press(
        "/warning/" + warningId(one) + "/send", form("contact", "station-1"), step(one, "SENT"));
  }

  private DeskRig.Told sentSomebody() {
    DeskRig.Told one = alerted();
    did(COLLEAGUE, sending(one));
    return one;
  }

  private void shifts() {
    add(
        "hand the shift over, signed",
        OFFICERS,
        person ->
            new Press(
                "/shift",
                form("to", "officer-3", "note", "留意 B02"),
                row(
                    "select count(*) from own.handover where to_person = 'officer-3' and"
                        + " given_signature is not null and from_person = ?")));
    add(
        "take the shift over, signed",
        OFFICERS,
        person -> {
          String note = "给 " + person;
          done(COLLEAGUE, new Press("/shift", form("to", person, "note", note), p -> true));
          String id =
              text(
                  "select handover_id from own.handover where from_person = ? and to_person = ?",
                  COLLEAGUE,
                  person);
          return new Press(
              "/shift/" + id + "/take",
              form(),
              row(
                  "select count(*) from own.handover where handover_id = ? and taken_signature is"
                      + " not null and to_person = ?",
                  id));
        });
  }

  private static List<Map.Entry<String, String>> limits(String perHour) {
    Map<String, String> limits = Forms.standing();
    limits.put("perHour", perHour);
    return List.copyOf(limits.entrySet());
  }

  private void standings() {
    add(
        "write a standing authorisation",
        HEAD,
        any ->
            new Press(
                "/standing",
                limits("5"),
                row("select count(*) from own.standing_draft where written_by = ?")));
    add(
        "put the legal opinion on record",
        LEGAL,
        any -> {
          standing = text("select authorisation_id from own.standing_draft");
          return new Press(
              "/standing/" + standing + "/opinion",
              form("opinion", "法制意见〔2026〕3号"),
              row(
                  "select count(*) from own.standing_draft where authorisation_id = ? and"
                      + " opinion_by = ?",
                  standing));
        });
    add("sign a standing authorisation", HEAD, any -> standing("sign", 1, false));
    add("narrow a standing authorisation", HEAD, any -> standing("limit", 2, false));
    add("revoke a standing authorisation", HEAD, any -> standing("revoke", 3, true));
  }

  private Press standing(String what, int revision, boolean revoked) {
    rig.caughtUp();
    List<Map.Entry<String, String>> form = new ArrayList<>(limits("2"));
    form.addAll(form("reason", "两起错停"));
    return new Press(
        "/standing/" + standing + "/" + what,
        form,
        person ->
            rig.topics().all("stop.authorisations").stream()
                .map(
                    record ->
                        Bodies.read(record.value(), dev.zhifu.wire.StandingAuthorisation.class))
                .anyMatch(
                    one ->
                        one.getAuthorisationId().equals(standing)
                            && one.getRevision() == revision
                            && one.getRevoked() == revoked
                            && one.getOfficerId().equals(person)));
  }

  private void rules() {
    add(
        "save a draft of a rule",
        AUTHOR,
        any ->
            new Press(
                "/rule/V03/draft",
                form("document", catalogue("rule.yaml"), "scenarios", catalogue("scenarios.yaml")),
                row("select count(*) from own.rule_draft where author_id = ?")));
    add("publish a rule in shadow", AUTHOR, any -> rule("SHADOW", p -> p.getAuthor()));
    add(
        "ask for a rule to be live",
        AUTHOR,
        any -> {
          inForce();
          return new Press(
              "/rule/V03/act",
              form("status", "LIVE", "reason", "影子期无误报"),
              row("select count(*) from own.rule_act where state = 'ASKED' and asked_by = ?"));
        });
    add(
        "refuse a rule",
        APPROVER,
        any ->
            new Press(
                "/rule-act/" + askedRule() + "/refuse",
                form(),
                row(
                    "select count(*) from own.rule_act where state = 'REFUSED' and approver_id = ?")));
    add(
        "approve a rule",
        APPROVER,
        any -> {
          done(
              "author-1",
              new Press("/rule/V03/act", form("status", "LIVE", "reason", "再提"), p -> true));
          return new Press(
              "/rule-act/" + askedRule() + "/confirm",
              form(),
              person -> published("LIVE").anyMatch(one -> person.equals(one.getApprover())));
        });
    add(
        "withdraw a rule",
        APPROVER,
        any -> {
          inForce();
          return rule("WITHDRAWN", RulePublication::getApprover);
        });
  }

  private static String catalogue(String file) {
    try {
      return Files.readString(CATALOGUE.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String askedRule() {
    return text("select act_id from own.rule_act where state = 'ASKED'");
  }

  private Press rule(String status, Function<RulePublication, String> who) {
    return new Press(
        "/rule/V03/act",
        form("status", status, "reason", "按规定办理"),
        person -> published(status).anyMatch(one -> person.equals(who.apply(one))));
  }

  /** Publications of the drafted version. */
  private Stream<RulePublication> published(String status) {
    return rig.topics().all("rules.publications").stream()
        .map(record -> Bodies.read(record.value(), RulePublication.class))
        .filter(one -> one.getVersion() == 3)
        .filter(one -> one.getStatus() == PublicationStatus.valueOf(status));
  }

  /** The engine takes the newest publication. */
  private void inForce() {
    RulePublication about =
        rig.topics().all("rules.publications").stream()
            .map(record -> Bodies.read(record.value(), RulePublication.class))
            .reduce((before, next) -> next)
            .orElseThrow();
    for (int subtask = -1; subtask < 2; subtask++) {
      rig.topics()
          .write(
              "rules.status",
              about.getRuleId() + about.getEffectiveFrom() + subtask,
              RuleStatus.newBuilder()
                  .setRuleId(about.getRuleId())
                  .setVersion(about.getVersion())
                  .setStatus(subtask < 0 ? RuleStatusKind.ACCEPTED : RuleStatusKind.IN_FORCE)
                  .setSubtask(subtask)
                  .setWatermark(Cast.T0)
                  .setReason("")
                  .setEffectiveFrom(about.getEffectiveFrom())
                  .setPublicationStatus(about.getStatus())
                  .setFaults(List.of())
                  .setSubtasks(subtask < 0 ? 0 : 2)
                  .build());
    }
    rig.caughtUp();
  }

  private void others() {
    add(
        "open an identity, with its reason",
        EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER, Role.SUPERVISOR, Role.CITY_HEAD, Role.LEGAL),
        any -> {
          DeskRig.Told one = told();
          String token = one.mule().getAccountToken();
          rig.vault()
              .keep(token, new ClearIdentity(TokenKind.ACCOUNT, "赵某某", "6217020000000004711"));
          return new Press(
              "/identity",
              form("case", caseId(one), "token", token, "reason", "通知解除"),
              row(
                  "select count(*) from own.audit where what = 'OPEN IDENTITY' and object_id = ?"
                      + " and person_id = ?",
                  token));
        });
    add(
        "keep a person out",
        EnumSet.of(Role.ADMIN),
        any ->
            new Press(
                "/people/household-1/active",
                form("active", "false"),
                person ->
                    count(
                            "select count(*) from own.person where person_id = 'household-1' and"
                                + " not active")
                        == 1));
  }

  // --- refunds -----------------------------------------------------------------------------------

  private void refunds() {
    add("open a refund", OFFICERS, any -> refund(frozenAccount(), "OPENED"));
    add(
        "build the flow table of a refund",
        OFFICERS,
        any -> refund(upTo("OPENED"), "FLOW_TABLE_BUILT"));
    add("classify a refund", OFFICERS, any -> refund(upTo("FLOW_TABLE_BUILT"), "FOUND_PRORATA"));
    add(
        "publish the notice of a refund",
        OFFICERS,
        any -> refund(upTo("FOUND_PRORATA"), "PUBLISHED"));
    add("write down an objection", OFFICERS, any -> refund(upTo("PUBLISHED"), "OBJECTED"));
    add(
        "decide an objection",
        EnumSet.of(Role.OFFICER, Role.SHIFT_LEADER, Role.LEGAL),
        any -> refund(upTo("OBJECTED"), "OBJECTION_DECIDED"));
    add("refuse a refund", OFFICERS_AND_HEADS, any -> refund(upTo("FOUND_PRORATA"), "REFUSED"));
    add("prepare the sums of a refund", OFFICERS, any -> refund(afterNotice(), "PREPARED"));
    add("approve a refund", HEADS, any -> refund(prepared(), "APPROVED"));
    add(
        "serve a refund on the bank",
        OFFICERS,
        any -> {
          RefundCast about = prepared();
          did(about, "APPROVED");
          return refund(about, "SERVED");
        });
    add(
        "note a bank's paper about a refund",
        OFFICERS,
        any -> {
          RefundCast about = prepared();
          did(about, "APPROVED");
          did(about, "SERVED");
          return refund(about, "BANK_EXAMINES");
        });
  }

  private static final Map<String, List<Map.Entry<String, String>>> TYPED = typed();

  private static Map<String, List<Map.Entry<String, String>>> typed() {
    Map<String, List<Map.Entry<String, String>>> typed = new LinkedHashMap<>();
    typed.put("OPENED", form("id", "核验〔2026〕1号"));
    typed.put("FLOW_TABLE_BUILT", form("everyHopProved", "yes"));
    typed.put("FOUND_PRORATA", form());
    typed.put("PUBLISHED", form("publication", "公告〔2026〕1号"));
    typed.put("OBJECTED", form("by", "VICTIM"));
    typed.put("SERVED", form("notice", "返通字〔2026〕1号"));
    typed.put("BANK_EXAMINES", form("answer", "收 1 号"));
    return typed;
  }

  private static final Set<String> BY_TWO =
      Set.of("OBJECTION_DECIDED", "PREPARED", "SERVED", "REFUSED");

  private RefundCast frozenAccount() {
    told++;
    return new RefundCast(rig, recovery).frozen("还" + told).planned();
  }

  private Press refund(RefundCast about, String event) {
    List<Map.Entry<String, String>> form = form("event", event, "reason", "按规定办理");
    form.addAll(TYPED.getOrDefault(event, List.of()));
    if (event.equals("PREPARED")) {
      form.addAll(
          form("account2", "6217010000009000002", "ownershipClear", "yes", "mode", "NORMALISED"));
    }
    boolean bank = event.equals("BANK_EXAMINES");
    return new Press(
        "/refund/" + about.freezeId() + "/act",
        form,
        BY_TWO.contains(event)
            ? asked(about.caseId(), event)
            : bank
                ? row(
                    "select count(*) from own.act where case_id = ? and event = ? and state ="
                        + " 'SENT' and officer_id = ?",
                    about.caseId(),
                    event)
                : sent(about.caseId(), event));
  }

  private void did(RefundCast about, String event) {
    if (BY_TWO.contains(event)) {
      didByTwo(refund(about, event), about.caseId(), event);
    } else {
      did(event.equals("APPROVED") ? "head-1" : COLLEAGUE, refund(about, event));
    }
  }

  private RefundCast upTo(String last) {
    RefundCast about = frozenAccount();
    for (String event : TYPED.keySet()) {
      did(about, event);
      if (event.equals(last)) {
        break;
      }
    }
    return about;
  }

  /** One whose notice is over; the engine's clock goes on once for all of them. */
  private RefundCast afterNotice() {
    if (noticed.isEmpty()) {
      for (int i = 0; i < BEFORE_THE_NOTICE_ENDS; i++) {
        noticed.add(upTo("PUBLISHED"));
      }
      now = RefundCast.afterNotice();
      rig.tick(now);
      noticed.forEach(one -> recovery.ring(one.caseId(), now));
    }
    return noticed.remove();
  }

  private RefundCast prepared() {
    RefundCast about = afterNotice();
    did(about, "PREPARED");
    return about;
  }
}
