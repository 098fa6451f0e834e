package dev.zhifu.desk.rules;

import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.ActException;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.people.WallClock;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.PublicationKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a rule at the desk: draft, shadow, live, withdrawn. An author saves and puts in
 * shadow; live needs an approver who is another person; an approver withdraws. The engine judges
 * again, and its answer is what the page shows.
 */
public final class RuleWork {
  /**
   * How far ahead of the newest tick a publication begins to count, event time: every subtask must
   * hear of it before (ADR-0050). An engineering default.
   */
  public static final Duration LEAD = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RuleWork.class);
  private static final Pattern ID = Pattern.compile("[VMTG][0-9]{2}");
  private static final Pattern ID_LINE = Pattern.compile("(?m)^id:\\s*\"?([A-Za-z0-9_-]+)");
  private static final Pattern VERSION_LINE = Pattern.compile("(?m)^version:\\s*\\d+");
  private static final int TEXT_MAX = 65_536;
  private static final int REASON_MAX = 200;
  private static final String TOPIC = "rules.publications";

  private final RuleBook book;
  private final ActDesk acts;
  private final TopicPen pen;
  private final Signers signers;
  private final Audit audit;
  private final WallClock clock;
  private final RuleTools tools;

  /**
   * @param acts tells the newest tick
   * @param tools where drafts are written
   */
  public RuleWork(
      RuleBook book,
      ActDesk acts,
      TopicPen pen,
      Signers signers,
      Audit audit,
      WallClock clock,
      RuleTools tools) {
    this.book = book;
    this.acts = acts;
    this.pen = pen;
    this.signers = signers;
    this.audit = audit;
    this.clock = clock;
    this.tools = tools;
  }

  /** True for what may be a rule's id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** True when drafts can be saved here. */
  public boolean writes() {
    return tools.folder() != null;
  }

  /** The folder of a rule's draft, as in the catalogue. */
  public Path folder(String ruleId) {
    return tools.folder().resolve(ruleId);
  }

  /**
   * Saves a draft as files, under the next version number, once it has no faults.
   *
   * @param document the rule file's text
   * @param scenarios the text of scenarios.yaml; may be empty
   * @return what is wrong with it, each with line, column and what would be right; empty when saved
   */
  public List<String> save(Person author, String ruleId, String document, String scenarios) {
    if (!writes()) {
      throw new ActException("rule.noFolder");
    }
    if (!isId(ruleId) || document.length() > TEXT_MAX || scenarios.length() > TEXT_MAX) {
      throw new ActException("rule.id");
    }
    var named = ID_LINE.matcher(document);
    if (!named.find() || !named.group(1).equals(ruleId)) {
      return List.of(
          "rule.yaml:1:1: the line 'id: " + ruleId + "' is missing; a draft keeps its id");
    }
    int version = highest(ruleId) + 1;
    String text =
        VERSION_LINE.matcher(document.replace("\r\n", "\n")).replaceFirst("version: " + version);
    RuleResult result = RuleParser.parse(ruleId + "/rule.yaml", text);
    if (!result.ok()) {
      return result.problems().stream().map(RuleProblem::toString).toList();
    }
    RuleDraft draft =
        new RuleDraft(
            ruleId, version, text, scenarios.replace("\r\n", "\n"), author.id(), clock.get());
    write(draft);
    book.save(draft);
    audit.note(author.id(), "RULE DRAFT", ruleId, "version " + version);
    return List.of();
  }

  private void write(RuleDraft draft) {
    try {
      Path folder = Files.createDirectories(folder(draft.ruleId()));
      Files.writeString(folder.resolve("rule.yaml"), draft.document(), StandardCharsets.UTF_8);
      Path scenarios = folder.resolve("scenarios.yaml");
      if (draft.scenarios().isBlank()) {
        Files.deleteIfExists(scenarios);
      } else {
        Files.writeString(scenarios, draft.scenarios(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the draft of " + draft.ruleId() + " cannot be written", e);
    }
  }

  private int highest(String ruleId) {
    return book.publications(ruleId).stream().mapToInt(RulePublication::getVersion).max().orElse(0);
  }

  /** What may be asked for about a rule now, and what not and why. */
  public List<RuleOffer> offers(String ruleId) {
    List<RuleOffer> offers = new ArrayList<>();
    boolean waits =
        book.actsOf(ruleId).stream().anyMatch(act -> act.state() == RuleAct.State.ASKED);
    Optional<RuleDraft> draft = book.draft(ruleId).filter(one -> one.version() > highest(ruleId));
    draft.ifPresent(
        one -> {
          offers.add(new RuleOffer(PublicationStatus.DRAFT, one.version(), null));
          offers.add(
              new RuleOffer(PublicationStatus.SHADOW, one.version(), waits ? "rule.asked" : null));
        });
    Optional<RulePublication> standing = standing(ruleId);
    if (standing.isPresent() && standing.get().getStatus() != PublicationStatus.WITHDRAWN) {
      RulePublication now = standing.get();
      if (now.getStatus() == PublicationStatus.SHADOW) {
        offers.add(
            new RuleOffer(PublicationStatus.LIVE, now.getVersion(), waits ? "rule.asked" : null));
      }
      offers.add(new RuleOffer(PublicationStatus.WITHDRAWN, now.getVersion(), null));
    } else if (draft.isPresent()) {
      offers.add(new RuleOffer(PublicationStatus.LIVE, draft.get().version(), "rule.shadowFirst"));
    }
    return offers;
  }

  /** The newest publication that counts. */
  public Optional<RulePublication> standing(String ruleId) {
    List<RuleStatus> answers = book.answers(ruleId);
    return book.publications(ruleId).stream()
        .filter(one -> !RuleStanding.of(one, answers).isNothing())
        .findFirst();
  }

  /**
   * Asks for a publication. What needs no approver, and what an approver asks for, is signed and
   * sent at once.
   *
   * @return the act's id
   * @throws ActException when it is not offered, or the role may not
   */
  public String ask(Person person, String ruleId, PublicationStatus status, String reason) {
    boolean withdraws = status == PublicationStatus.WITHDRAWN;
    if (person.role() != (withdraws ? Role.RULE_APPROVER : Role.RULE_AUTHOR)) {
      throw new ActException(ActException.OTHERS);
    }
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw new ActException("act.reason");
    }
    RuleOffer offer = offered(ruleId, status);
    Optional<RulePublication> published =
        book.publications(ruleId).stream()
            .filter(one -> one.getVersion() == offer.version())
            .findFirst();
    Optional<RuleDraft> draft = book.draft(ruleId);
    RuleAct act =
        new RuleAct(
            "rule-" + UUID.randomUUID(),
            ruleId,
            offer.version(),
            status,
            published.map(RulePublication::getDocument).orElseGet(() -> draft.get().document()),
            withdraws ? published.get().getAuthor() : authorOf(published, draft),
            person.id(),
            withdraws ? person.id() : null,
            reason,
            RuleAct.State.ASKED,
            clock.get(),
            null);
    if (!withdraws && !act.authorId().equals(person.id())) {
      throw new ActException("rule.notAuthor");
    }
    book.insert(act);
    audit.note(person.id(), "RULE ASK " + status, ruleId, "version " + act.version());
    if (status != PublicationStatus.LIVE) {
      send(act, withdraws ? person.id() : null);
    }
    return act.actId();
  }

  private static String authorOf(Optional<RulePublication> published, Optional<RuleDraft> draft) {
    return published.map(RulePublication::getAuthor).orElseGet(() -> draft.get().authorId());
  }

  private RuleOffer offered(String ruleId, PublicationStatus status) {
    RuleOffer offer =
        offers(ruleId).stream()
            .filter(one -> one.status() == status)
            .findFirst()
            .orElseThrow(() -> new ActException("rule.notOffered"));
    if (!offer.isOpen()) {
      throw new ActException(offer.hindrance());
    }
    return offer;
  }

  /**
   * Approves what an author asked for.
   *
   * @throws ActException when it waits no more, or the approver wrote it
   */
  public void confirm(Person approver, String actId) {
    RuleAct act = waiting(approver, actId);
    if (!book.take(actId, RuleAct.State.NOT_SENT, approver.id())) {
      throw new ActException("act.notWaiting");
    }
    audit.note(approver.id(), "RULE APPROVE " + act.status(), act.ruleId(), actId);
    send(act, approver.id());
  }

  /** Refuses it. */
  public void refuse(Person approver, String actId) {
    RuleAct act = waiting(approver, actId);
    if (!book.take(actId, RuleAct.State.REFUSED, approver.id())) {
      throw new ActException("act.notWaiting");
    }
    audit.note(approver.id(), "RULE REFUSE " + act.status(), act.ruleId(), actId);
  }

  private RuleAct waiting(Person approver, String actId) {
    RuleAct act = book.act(actId).orElseThrow(() -> new ActException("act.unknown"));
    if (act.state() != RuleAct.State.ASKED) {
      throw new ActException("act.notWaiting");
    }
    if (act.authorId().equals(approver.id()) || act.askedBy().equals(approver.id())) {
      throw new ActException("act.samePerson");
    }
    return act;
  }

  private void send(RuleAct act, String approverId) {
    Instant from = acts.tick().plus(LEAD);
    try {
      RulePublication signed = signed(act, approverId, from);
      book.mark(act.actId(), RuleAct.State.SENT, approverId, from);
      pen.write(TOPIC, PublicationKeys.of(signed), signed);
    } catch (CryptoException e) {
      LOG.warn("rule act {} could not be signed: {}", act.actId(), e.getMessage());
      book.mark(act.actId(), RuleAct.State.NOT_SENT, approverId, null);
    } catch (RuntimeException e) {
      LOG.warn("rule act {} was not taken by the broker: {}", act.actId(), e.toString());
      book.mark(act.actId(), RuleAct.State.NOT_SENT, approverId, from);
    }
  }

  /** DRAFT bears no signature, SHADOW the author's, LIVE both, WITHDRAWN the approver's. */
  private RulePublication signed(RuleAct act, String approverId, Instant from) {
    RulePublication bare =
        RulePublication.newBuilder()
            .setRuleId(act.ruleId())
            .setVersion(act.version())
            .setStatus(act.status())
            .setDocument(act.document())
            .setDocumentSha256(Sha256.hex(act.document()))
            .setEffectiveFrom(from)
            .setAuthor(act.authorId())
            .setApprover(approverId)
            .setReason(act.reason())
            .build();
    return switch (act.status()) {
      case DRAFT -> bare;
      case SHADOW ->
          Signatures.sign(
              Signatures.signText(bare, signers.of(act.authorId())), signers.of(act.authorId()));
      case LIVE ->
          Signatures.sign(
              Signatures.signText(bare, signers.of(act.authorId())), signers.of(approverId));
      case WITHDRAWN -> Signatures.sign(bare, signers.of(approverId));
    };
  }
}
