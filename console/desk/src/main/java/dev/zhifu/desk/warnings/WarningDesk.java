package dev.zhifu.desk.warnings;

import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.LifeActDesk;
import dev.zhifu.desk.acts.LifeDraft;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.store.Store;
import dev.zhifu.desk.warnings.Step.Kind;
import dev.zhifu.desk.warnings.WarningTask.State;
import dev.zhifu.rules.lives.cases.CaseEvent;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Who is sent to likely victims, what came of it, and when they are seen again. */
public final class WarningDesk {
  /** Most tasks of one part of the page: due, open, under way, to come later. */
  public static final int PART_MAX = 150;

  private static final int NOTE_MAX = 300;

  /** Newest events of a person among which a call or message is looked for. */
  private static final int EVENTS_MAX = 50;

  private static final int HAND_NAME_MAX = 60;
  private static final String PHONE = "[0-9+ -]{5,20}";

  /** Levels of people who are typed in by hand. */
  public static final List<String> BY_HAND =
      List.of(Contact.Level.GRID.name(), Contact.Level.TOWNSHIP.name());

  /** A warning can be sent up no more often than there are levels. */
  public static final int UPS_MAX = Contact.Level.values().length;

  private static final String RANKED =
      " order by array_position(array['LOW', 'MEDIUM', 'HIGH', 'URGENT'], w.tier) desc,"
          + " w.occurred_at desc, w.warning_id";
  private static final String TASKS =
      "select w.body from own.warning_task t join seen.warning w using (warning_id) where ";
  private static final String DUE =
      TASKS + "t.state = 'FOLLOW_UP' and t.follow_up_at <= ? order by t.follow_up_at, t.warning_id";
  private static final String TO_COME =
      TASKS + "t.state = 'FOLLOW_UP' and t.follow_up_at > ? order by t.follow_up_at, t.warning_id";
  private static final String SENT = TASKS + "t.state = 'SENT'" + RANKED;
  private static final String OPEN =
      "select w.body from seen.warning w where w.holds and not exists (select 1 from"
          + " own.warning_task t where t.warning_id = w.warning_id)"
          + RANKED;
  private static final String OF_CONTACTS =
      TASKS
          + """
          t.state in ('SENT', 'FOLLOW_UP') and exists (select 1 from own.warning_step s
            where s.warning_id = t.warning_id and s.kind = 'SENT'
              and (s.contact_id = any(?) or s.contact_id in (select contact_id from own.hand_contact)))\
          """;
  private static final String FOLLOW_UPS =
      """
      select t.warning_id, w.case_id, t.follow_up_at as at
      from own.warning_task t join seen.warning w using (warning_id)
      where t.state = 'FOLLOW_UP' and t.follow_up_at between ? and ?
      order by t.follow_up_at, t.warning_id limit\s\
      """;
  private static final String WITHOUT_RESULT =
      """
      select t.warning_id, w.case_id, t.since as at
      from own.warning_task t join seen.warning w using (warning_id)
      where t.state = 'SENT' order by t.since, t.warning_id limit\s\
      """;

  private static final RowMapper<Waiting> WAITING =
      (row, context) ->
          new Waiting(
              row.getString("warning_id"),
              row.getString("case_id"),
              row.getTimestamp("at").toInstant());

  private record Noted(String warningId, Step step) {}

  private static final RowMapper<Noted> STEP =
      (row, context) ->
          new Noted(
              row.getString("warning_id"),
              new Step(
                  row.getTimestamp("at").toInstant(),
                  row.getString("person_id"),
                  Kind.valueOf(row.getString("kind")),
                  row.getString("contact_id"),
                  row.getString("note")));

  private final Store store;
  private final ActDesk acts;
  private final Audit audit;
  private final Map<String, Contact> contacts = new LinkedHashMap<>();

  /**
   * @param store where steps are
   * @param acts tells recovery what became of a case
   * @param audit hears of every step
   * @param contacts who may be sent
   */
  public WarningDesk(Store store, ActDesk acts, Audit audit, List<Contact> contacts) {
    this.store = store;
    this.acts = acts;
    this.audit = audit;
    contacts.forEach(contact -> this.contacts.put(contact.id(), contact));
  }

  /**
   * Whom to offer for a warning.
   *
   * @param from whose place distances are from: the township asked at intake, else the banner of
   *     the payer's branch; null when neither is known with a place
   * @param contacts grid before station before banner before city, in each the nearest first, then
   *     those whose place the directory does not say, in its order
   */
  public record Nearest(Contact from, List<Offered> contacts) {
    /** True when a grid household's distance is known. */
    public boolean measured() {
      return contacts.stream()
          .anyMatch(one -> one.contact().level() == Contact.Level.GRID && one.km() >= 0);
    }
  }

  /**
   * One who may be sent.
   *
   * @param contact who
   * @param km as the crow flies from the person's place; -1 when not known
   */
  public record Offered(Contact contact, double km) {}

  /**
   * Who may be sent for each warning. Those typed in by hand are not offered again: whoever is
   * needed twice belongs in the directory.
   *
   * @return by warning id
   */
  public Map<String, Nearest> nearest(Collection<WarningTask> tasks) {
    String[] holders =
        tasks.stream().map(task -> task.warning().getHolderToken()).toArray(String[]::new);
    Map<String, Contact> places = new HashMap<>();
    store
        .jdbi()
        .useHandle(
            handle -> {
              located(
                  handle,
                  """
                  select distinct on (key_token) key_token as holder, payer_region as place
                  from seen.hit where key_token = any(?) and payer_region is not null
                  order by key_token, occurred_at desc, hit_id\
                  """,
                  holders,
                  contact -> contact.level() == Contact.Level.BANNER ? contact.region() : "",
                  places);
              located(
                  handle,
                  """
                  select distinct on (r.holder_token) r.holder_token as holder,
                    d.body ->> 'township' as place
                  from seen.report r join own.draft_report d using (report_id)
                  where r.holder_token = any(?) and d.body ->> 'township' <> ''
                  order by r.holder_token, r.reported_at desc, r.report_id\
                  """,
                  holders,
                  Contact::id,
                  places);
            });
    Map<String, Nearest> nearest = new HashMap<>();
    tasks.forEach(
        task ->
            nearest.put(
                task.warning().getWarningId(), from(places.get(task.warning().getHolderToken()))));
    return nearest;
  }

  /** Puts each holder's contact with a place; what the directory does not know is passed over. */
  private void located(
      Handle handle,
      String sql,
      String[] holders,
      Function<Contact, String> code,
      Map<String, Contact> places) {
    Map<String, Contact> byCode = new HashMap<>();
    contacts.values().stream()
        .filter(contact -> contact.place() != null)
        .forEach(contact -> byCode.putIfAbsent(code.apply(contact), contact));
    byCode.remove("");
    handle
        .createQuery(sql)
        .bind(0, holders)
        .map((row, context) -> Map.entry(row.getString("holder"), row.getString("place")))
        .forEach(
            found -> {
              Contact contact = byCode.get(found.getValue());
              if (contact != null) {
                places.put(found.getKey(), contact);
              }
            });
  }

  private Nearest from(Contact from) {
    return new Nearest(
        from,
        contacts.values().stream()
            .map(
                contact ->
                    new Offered(
                        contact,
                        from == null || contact.place() == null
                            ? -1
                            : from.place().kmTo(contact.place())))
            .sorted(
                Comparator.comparing((Offered one) -> one.contact().level())
                    .reversed()
                    .thenComparing(one -> one.km() < 0)
                    .thenComparing(Offered::km))
            .toList());
  }

  /**
   * Tokens of the numbers that a person may be reached by: those given with reports, the newest
   * first, then the one that carriers have under the person's name.
   */
  public List<String> numbersOf(String holderToken) {
    List<String> numbers =
        new ArrayList<>(
            store.rows(
                (row, context) -> row.getString("number_token"),
                """
                select coalesce(d.number_token, b.number_token) as number_token from seen.report r
                left join own.account_query q on q.report_id = r.report_id
                left join own.draft_report d on d.report_id in (r.report_id, q.origin_id)
                left join own.bank_report b on b.report_id = r.report_id
                where r.holder_token = ? and coalesce(d.number_token, b.number_token) is not null
                order by r.reported_at desc, r.report_id limit 1\
                """,
                holderToken));
    store
        .records(
            EnrichedEvent.class,
            "select body from seen.event where holder_token = ? order by occurred_at desc limit "
                + EVENTS_MAX,
            holderToken)
        .stream()
        .map(EnrichedEvent::getEvent)
        .filter(TelecomEvent.class::isInstance)
        .map(event -> ((TelecomEvent) event).getNumberToken())
        .findFirst()
        .filter(number -> !numbers.contains(number))
        .ifPresent(numbers::add);
    return numbers;
  }

  /** The directory's contacts, in its order. */
  public List<Contact> contacts() {
    return List.copyOf(contacts.values());
  }

  /** The directory's contacts of townships, in its order. */
  public List<Contact> townships() {
    return contacts.values().stream()
        .filter(contact -> contact.level() == Contact.Level.TOWNSHIP)
        .toList();
  }

  /**
   * Where a contact's warning stands once it was sent up so many times; the highest keeps it.
   *
   * @param contactId who was sent
   * @param ups times it was sent up since, 0 to {@link #UPS_MAX}
   * @param level of whoever has it then
   */
  public record Rung(String contactId, int ups, Contact.Level level) {}

  /** Every contact's rungs, of the directory and typed in by hand. */
  public List<Rung> ladder(Handle handle) {
    Map<String, Contact> everybody =
        everybody(handle.createQuery("select * from own.hand_contact"));
    List<Rung> rungs = new ArrayList<>();
    for (Contact contact : everybody.values()) {
      Contact at = contact;
      for (int ups = 0; ups <= UPS_MAX; ups++) {
        rungs.add(new Rung(contact.id(), ups, at.level()));
        at = everybody.getOrDefault(at.parent(), at);
      }
    }
    return rungs;
  }

  /** Those of the directory and these typed in by hand, by id. */
  private Map<String, Contact> everybody(Query typed) {
    Map<String, Contact> all = new HashMap<>(contacts);
    typed
        .map(
            (row, context) ->
                byHand(
                    row.getString("contact_id"),
                    Contact.Level.valueOf(row.getString("level")),
                    row.getString("name"),
                    row.getString("phone")))
        .forEach(contact -> all.put(contact.id(), contact));
    return all;
  }

  /** Above somebody typed in stands the directory's first contact of the next level. */
  private Contact byHand(String id, Contact.Level level, String name, String phone) {
    Contact.Level above =
        level == Contact.Level.GRID ? Contact.Level.TOWNSHIP : Contact.Level.BANNER;
    String parent =
        contacts.values().stream()
            .filter(contact -> contact.level() == above)
            .map(Contact::id)
            .findFirst()
            .orElse("");
    return new Contact(id, level, parent, name, phone, null);
  }

  /**
   * Sends somebody who stands in no directory: a person of the township, or of the grid household
   * nearest to the victim, which no event tells.
   *
   * @param level TOWNSHIP or GRID
   * @param note for whoever goes; may be empty
   * @throws ActException when name, phone or level are none, or the task is over
   */
  public void sendByHand(
      Person officer, String warningId, String level, String name, String phone, String note) {
    if (note.length() > NOTE_MAX) {
      throw new ActException("act.reason");
    }
    if (!BY_HAND.contains(level)
        || name.isBlank()
        || name.length() > HAND_NAME_MAX
        || !phone.matches(PHONE)) {
      throw new ActException("warning.hand");
    }
    String id = "hand-" + UUID.randomUUID();
    store
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.hand_contact (contact_id, level, name, phone, added_by,"
                        + " added_at) values (?, ?, ?, ?, ?, ?)",
                    id,
                    level,
                    name,
                    phone,
                    officer.id(),
                    acts.tick()));
    note(officer, warningId, Kind.SENT, id, note);
  }

  /**
   * Tasks with something to do, as the page shows them.
   *
   * @param tasks what is due first, then what is most urgent
   * @param more true when a part has more than {@link #PART_MAX}
   */
  public record Live(List<WarningTask> tasks, boolean more) {}

  /** Tasks with something to do: due and urgent first. */
  public Live live() {
    Instant now = acts.tick();
    return store
        .jdbi()
        .withHandle(
            handle -> {
              boolean more = false;
              List<VictimWarning> shown = new ArrayList<>();
              for (List<VictimWarning> part :
                  List.of(
                      part(handle, DUE, now),
                      part(handle, SENT),
                      part(handle, OPEN),
                      part(handle, TO_COME, now))) {
                more |= part.size() > PART_MAX;
                shown.addAll(part.subList(0, Math.min(part.size(), PART_MAX)));
              }
              return new Live(sorted(fold(handle, shown), now), more);
            });
  }

  private static List<VictimWarning> part(Handle handle, String sql, Object... values) {
    Query query = handle.createQuery(sql + " limit " + (PART_MAX + 1));
    for (int i = 0; i < values.length; i++) {
      query.bind(i, values[i]);
    }
    return query.mapTo(byte[].class).map(body -> Bodies.read(body, VictimWarning.class)).list();
  }

  private static List<WarningTask> sorted(List<WarningTask> tasks, Instant now) {
    return tasks.stream()
        .filter(WarningTask::live)
        .sorted(
            Comparator.comparing((WarningTask task) -> !task.due(now))
                .thenComparing(task -> task.state() == State.FOLLOW_UP)
                .thenComparing(
                    Comparator.comparing((WarningTask task) -> task.warning().getTier()).reversed())
                .thenComparing(task -> task.warning().getOccurredAt()))
        .toList();
  }

  /** Tasks that a person in the field has, all of them. */
  public List<WarningTask> of(Person field) {
    if (field.station() == null) {
      return List.of();
    }
    String[] below =
        contacts.values().stream()
            .filter(contact -> leadsTo(contact, field.station()))
            .map(Contact::id)
            .toArray(String[]::new);
    return store
        .jdbi()
        .withHandle(
            handle ->
                sorted(
                        fold(
                            handle,
                            handle
                                .createQuery(OF_CONTACTS)
                                .bind(0, below)
                                .mapTo(byte[].class)
                                .map(body -> Bodies.read(body, VictimWarning.class))
                                .list()),
                        acts.tick())
                    .stream()
                    .filter(
                        task ->
                            task.contact() != null && task.contact().id().equals(field.station()))
                    .toList());
  }

  /** True when a warning of {@code from} can be sent up to {@code station}, or is its own. */
  private boolean leadsTo(Contact from, String station) {
    Contact at = from;
    for (int ups = 0; ups <= UPS_MAX && at != null; ups++) {
      if (at.id().equals(station)) {
        return true;
      }
      at = contacts.get(at.parent());
    }
    return false;
  }

  /**
   * A warning that waits for something.
   *
   * @param at when its follow-up is due, or since when whoever was sent has told nothing
   */
  public record Waiting(String warningId, String caseId, Instant at) {}

  /** Follow-ups due from then until then, the earliest first. */
  public List<Waiting> followUps(Instant from, Instant until, int limit) {
    return store.rows(WAITING, FOLLOW_UPS + limit, from, until);
  }

  /** Somebody was sent and no result is noted, the longest first. */
  public List<Waiting> withoutResult(int limit) {
    return store.rows(WAITING, WITHOUT_RESULT + limit);
  }

  /** One task. */
  public Optional<WarningTask> find(String warningId) {
    return store
        .jdbi()
        .withHandle(
            handle ->
                fold(
                        handle,
                        handle
                            .createQuery("select body from seen.warning where warning_id = ?")
                            .bind(0, warningId)
                            .mapTo(byte[].class)
                            .map(body -> Bodies.read(body, VictimWarning.class))
                            .list())
                    .stream()
                    .findFirst());
  }

  private List<WarningTask> fold(Handle handle, Collection<VictimWarning> warnings) {
    String[] ids = warnings.stream().map(VictimWarning::getWarningId).toArray(String[]::new);
    Map<String, Contact> everybody =
        everybody(
            handle
                .createQuery(
                    "select * from own.hand_contact where contact_id in (select contact_id from"
                        + " own.warning_step where warning_id = any(?))")
                .bind(0, ids));
    Map<String, List<Step>> steps = new HashMap<>();
    handle
        .createQuery("select * from own.warning_step where warning_id = any(?) order by step_id")
        .bind(0, ids)
        .map(STEP)
        .forEach(
            noted ->
                steps
                    .computeIfAbsent(noted.warningId, unseen -> new ArrayList<>())
                    .add(noted.step));
    return warnings.stream()
        .map(
            warning ->
                WarningTask.of(
                    warning, steps.getOrDefault(warning.getWarningId(), List.of()), everybody))
        .toList();
  }

  /**
   * Sends somebody.
   *
   * @throws ActException when the task is over or the contact is not listed
   */
  public void send(Person officer, String warningId, String contactId, String note) {
    if (!contacts.containsKey(contactId)) {
      throw new ActException("warning.contact");
    }
    note(officer, warningId, Kind.SENT, contactId, note);
  }

  /**
   * Notes what came of it. A person in the field does so for his own tasks alone.
   *
   * @throws ActException when the task is over, is not his, or the step does not fit
   */
  public void step(Person person, String warningId, Kind kind, String note) {
    if (kind == Kind.SENT || kind == Kind.ENDED && note.isBlank()) {
      throw new ActException("act.reason");
    }
    if (person.role() == Role.FIELD && kind == Kind.ENDED) {
      throw new ActException(ActException.OTHERS);
    }
    note(person, warningId, kind, null, note);
  }

  private void note(Person person, String warningId, Kind kind, String contactId, String note) {
    if (note.length() > NOTE_MAX) {
      throw new ActException("act.reason");
    }
    Instant now = acts.tick();
    store
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("select pg_advisory_xact_lock(hashtext(?))", warningId);
              WarningTask task = find(warningId).orElseThrow(() -> new ActException("act.unknown"));
              requireFits(person, task, kind, now);
              handle.execute(
                  "insert into own.warning_step (warning_id, at, person_id, kind, contact_id, note)"
                      + " values (?, ?, ?, ?, ?, ?)",
                  warningId,
                  now,
                  person.id(),
                  kind.name(),
                  contactId,
                  note);
              keep(handle, find(warningId).orElseThrow(), now);
            });
    audit.note(person.id(), "WARNING " + kind, warningId, contactId == null ? "" : contactId);
  }

  /** Keeps where it stands, so that what is due is found without folding every warning. */
  private static void keep(Handle handle, WarningTask task, Instant now) {
    handle.execute(
        """
        insert into own.warning_task (warning_id, state, since, follow_up_at) values (?, ?, ?, ?)
        on conflict (warning_id) do update set state = excluded.state, since = excluded.since,
          follow_up_at = excluded.follow_up_at\
        """,
        task.warning().getWarningId(),
        task.state().name(),
        now,
        task.followUpAt());
  }

  private static void requireFits(Person person, WarningTask task, Kind kind, Instant now) {
    if (!task.live()) {
      throw new ActException("warning.over");
    }
    boolean own = task.contact() != null && task.contact().id().equals(person.station());
    if (person.role() == Role.FIELD && !own) {
      throw new ActException(ActException.OTHERS);
    }
    if (kind == Kind.FOLLOWED_UP && !task.due(now)) {
      throw new ActException("warning.notDue");
    }
  }

  /**
   * The act by which recovery hears how the case stands after the newest steps; empty when its
   * table knows none now.
   */
  public Optional<LifeDraft> forCase(Person officer, WarningTask task) {
    if (!LifeActDesk.rolesOf(officer).contains(dev.zhifu.rules.lives.Role.DUTY_OFFICER)
        || task.steps().isEmpty()) {
      return Optional.empty();
    }
    String caseId = task.warning().getCaseId();
    CaseEvent event =
        task.state() == State.FOLLOW_UP
            ? CaseEvent.CONVINCED
            : task.escalated() ? CaseEvent.NOT_REACHED : CaseEvent.DISPATCHED;
    LifeDraft draft =
        LifeDraft.of(
            LifeKind.CASE,
            caseId,
            caseId,
            event.name(),
            dev.zhifu.rules.lives.Role.DUTY_OFFICER,
            event == CaseEvent.CONVINCED
                ? "D+1, D+7"
                : task.contact() == null ? "" : task.contact().id());
    return Optional.of(event == CaseEvent.NOT_REACHED ? draft.with(tried(caseId)) : draft)
        .filter(one -> acts.lives().hindrances(officer, List.of(one)).isEmpty());
  }

  private CaseDetail tried(String caseId) {
    LifeTransition life = acts.lives().trial().file(caseId, acts.tick()).get(caseId);
    return life == null
        ? null
        : CaseDetail.newBuilder((CaseDetail) life.getDetail()).setTries(WarningTask.TRIES).build();
  }

  /** Tells recovery; does nothing when its table knows no such act now. */
  public void tell(Person officer, WarningTask task) {
    forCase(officer, task)
        .ifPresent(draft -> acts.lives().ask(officer, List.of(draft), null, false));
  }
}
