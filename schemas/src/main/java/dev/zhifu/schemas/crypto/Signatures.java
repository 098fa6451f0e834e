package dev.zhifu.schemas.crypto;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.ActionControlKind;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Signs and verifies what persons sign. Verifying counts keys of one environment only: a DEMO
 * officer decides nothing in production.
 */
public final class Signatures {
  private final KeyDirectory directory;
  private final Environment environment;

  /**
   * @param directory the keys
   * @param environment the environment whose keys count here
   */
  public Signatures(KeyDirectory directory, Environment environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** {@code draft} with the signer's key id and signature; whatever it had there is replaced. */
  public static OfficerAct sign(OfficerAct draft, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.act(draft, signer.keyId()));
    OfficerAct signed = copyOf(draft);
    signed.setKeyId(signer.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /**
   * {@code draft} as a signed act SIGN_ORDER that carries the officer's signature over the order.
   *
   * @throws CryptoException if the act is of another kind or about another order
   */
  public static OfficerAct signOrder(
      OfficerAct draft, AuthorisationSubject subject, Signer signer) {
    if (!subject.orderId().equals(orderOf(draft))) {
      throw new CryptoException(
          "Act "
              + draft.getActId()
              + " ("
              + draft.getKind()
              + " on "
              + draft.getObjectId()
              + ") does not sign order "
              + subject.orderId());
    }
    byte[] message =
        SignedLayouts.authorisation(
            subject, draft.getOfficerId(), draft.getActId(), signer.keyId());
    OfficerAct carrying = copyOf(draft);
    carrying.setOrderSignature(ByteBuffer.wrap(signer.sign(message)));
    return sign(carrying, signer);
  }

  /** The order that an act authorises: that which it names, or that which extends it. */
  private static String orderOf(OfficerAct act) {
    return switch (act.getKind()) {
      case SIGN_ORDER -> act.getObjectId();
      case EXTEND -> EventIds.extensionId(act.getObjectId());
      default -> null;
    };
  }

  /** What an order carries of a signed act SIGN_ORDER or EXTEND. */
  public static OfficerAuthorisation authorisationOf(OfficerAct act) {
    return new OfficerAuthorisation(
        act.getOfficerId(), act.getActId(), act.getKeyId(), act.getOrderSignature().duplicate());
  }

  /** What an order carries of a standing authorisation. */
  public static StandingReference referenceTo(StandingAuthorisation standing) {
    return new StandingReference(
        standing.getAuthorisationId(),
        standing.getOfficerId(),
        standing.getKeyId(),
        standing.getSignature().duplicate());
  }

  /** {@code draft} with the signer's key id and signature; whatever it had there is replaced. */
  public static StandingAuthorisation sign(StandingAuthorisation draft, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.standing(draft, signer.keyId()));
    StandingAuthorisation signed = new StandingAuthorisation();
    copyFields(draft, signed);
    signed.setKeyId(signer.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /** {@code draft} with the signer's key id and signature; whatever it had there is replaced. */
  public static RulePublication sign(RulePublication draft, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.publication(draft, signer.keyId()));
    RulePublication signed = new RulePublication();
    copyFields(draft, signed);
    signed.setKeyId(signer.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /** {@code draft} with the author's key id and signature over the rule's text. */
  public static RulePublication signText(RulePublication draft, Signer author) {
    byte[] signature = author.sign(SignedLayouts.ruleText(draft, author.keyId()));
    RulePublication signed = new RulePublication();
    copyFields(draft, signed);
    signed.setAuthorKeyId(author.keyId());
    signed.setAuthorSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /** {@code draft} with the signer's key id and signature; whatever it had there is replaced. */
  public static ActionControl sign(ActionControl draft, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.control(draft, signer.keyId()));
    ActionControl signed = new ActionControl();
    copyFields(draft, signed);
    signed.setKeyId(signer.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /** {@code draft} with the signer's key id and signature; whatever it had there is replaced. */
  public static RecoveryAct sign(RecoveryAct draft, Signer signer) {
    byte[] signature = signer.sign(SignedLayouts.recoveryAct(draft, signer.keyId()));
    RecoveryAct signed = new RecoveryAct();
    copyFields(draft, signed);
    signed.setKeyId(signer.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /**
   * Whether the officer named in the act signed it, with a key valid {@code at} that moment. What a
   * head decides needs a head's key, what the head at city level decides that head's, and what the
   * legal office says one of its own: a role is no claim of whoever writes the act.
   */
  public SignatureCheck verify(RecoveryAct act, Instant at) {
    Predicate<KeyRole> may =
        switch (act.getRole()) {
          case "CITY_HEAD" -> role -> role == KeyRole.CITY_HEAD;
          case "COUNTY_HEAD" -> KeyRole::authorises;
          case "LEGAL_REVIEWER" -> role -> role == KeyRole.LEGAL_REVIEWER;
          default -> KeyRole::signsActs;
        };
    return rule("an act of " + act.getRole(), act.getOfficerId(), may)
        .check(
            directory,
            act.getKeyId(),
            SignedLayouts.recoveryAct(act, act.getKeyId()),
            act.getSignature(),
            at);
  }

  /** {@code draft} with the engine's key id and signature; whatever it had there is replaced. */
  public static AuditRoot sign(AuditRoot draft, Signer engine) {
    byte[] signature = engine.sign(SignedLayouts.auditRoot(draft, engine.keyId()));
    AuditRoot signed = new AuditRoot();
    copyFields(draft, signed);
    signed.setKeyId(engine.keyId());
    signed.setSignature(ByteBuffer.wrap(signature));
    return signed;
  }

  /** Whether an engine key of this environment, valid {@code at} that moment, signed the root. */
  public SignatureCheck verify(AuditRoot root, Instant at) {
    return rule("an audit root", null, role -> role == KeyRole.ENGINE)
        .check(
            directory,
            root.getKeyId(),
            SignedLayouts.auditRoot(root, root.getKeyId()),
            root.getSignature(),
            at);
  }

  /** What an audit entry's hash must be: SHA-256 over its audit bytes, hex. */
  public static String hashOf(AuditEntry entry) {
    return HexFormat.of().formatHex(hashBytesOf(entry));
  }

  /** As {@link #hashOf(AuditEntry)}, the 32 bytes. */
  public static byte[] hashBytesOf(AuditEntry entry) {
    return Sha256.of(ByteBuffer.wrap(SignedLayouts.auditEntry(entry)));
  }

  /** What the next root names as the root before: SHA-256 over its root bytes, hex. */
  public static String hashOf(AuditRoot root) {
    return Sha256.hex(ByteBuffer.wrap(SignedLayouts.auditRoot(root, root.getKeyId())));
  }

  /** Whether the officer named in the act signed it, with a key valid {@code at} that moment. */
  public SignatureCheck verify(OfficerAct act, Instant at) {
    return rule("an officer act", act.getOfficerId(), KeyRole::signsActs)
        .check(
            directory,
            act.getKeyId(),
            SignedLayouts.act(act, act.getKeyId()),
            act.getSignature(),
            at);
  }

  /**
   * Whether an act SIGN_ORDER carries its officer's signature over this very order; the act's own
   * signature is {@link #verify(OfficerAct, Instant)}.
   */
  public SignatureCheck verifyOrderSignature(
      OfficerAct act, AuthorisationSubject subject, Instant at) {
    if (act.getOrderSignature() == null) {
      return SignatureCheck.bad("act " + act.getActId() + " carries no signature over an order");
    }
    return verify(authorisationOf(act), subject, at);
  }

  /** Whether {@code authorisation} is its officer's signature over {@code subject}. */
  public SignatureCheck verify(
      OfficerAuthorisation authorisation, AuthorisationSubject subject, Instant at) {
    byte[] message =
        SignedLayouts.authorisation(
            subject,
            authorisation.getOfficerId(),
            authorisation.getActId(),
            authorisation.getKeyId());
    return rule("an authorisation", authorisation.getOfficerId(), KeyRole::signsActs)
        .check(directory, authorisation.getKeyId(), message, authorisation.getSignature(), at);
  }

  /** Whether the authorising officer named in it signed this revision. */
  public SignatureCheck verify(StandingAuthorisation standing, Instant at) {
    return verifyStanding(standing, standing.getKeyId(), standing.getSignature(), at);
  }

  /** Whether {@code order}'s reference is a signature of {@code standing} as it stands now. */
  SignatureCheck verify(StandingReference reference, StandingAuthorisation standing, Instant at) {
    if (!reference.getOfficerId().equals(standing.getOfficerId())) {
      return SignatureCheck.bad(
          "the order names officer "
              + reference.getOfficerId()
              + ", the authorisation "
              + standing.getOfficerId());
    }
    return verifyStanding(standing, reference.getKeyId(), reference.getSignature(), at);
  }

  /**
   * Whether a publication is what its author wrote and its approver let pass. A publication LIVE
   * needs both, and two persons; SHADOW the author's signature over the text and one over the
   * publication; WITHDRAWN the approver's alone.
   */
  public SignatureCheck verify(RulePublication publication, Instant at) {
    String rule = "rule " + publication.getRuleId();
    if (!Sha256.hex(publication.getDocument()).equals(publication.getDocumentSha256())) {
      return SignatureCheck.bad(
          "the hash in the publication of " + rule + " is not its document's");
    }
    if (publication.getKeyId() == null) {
      return SignatureCheck.bad("the publication of " + rule + " is unsigned");
    }
    if (publication.getStatus() == PublicationStatus.LIVE
        && publication.getAuthor().equals(publication.getApprover())) {
      return SignatureCheck.bad(
          publication.getAuthor()
              + " wrote and approved "
              + rule
              + ": another person approves what goes live");
    }
    SignatureCheck written =
        publication.getStatus() == PublicationStatus.WITHDRAWN
            ? null
            : verifyAuthor(publication, at);
    return written == null || written.holds() ? verifyApprover(publication, at) : written;
  }

  private SignatureCheck verifyAuthor(RulePublication publication, Instant at) {
    if (publication.getAuthorKeyId() == null) {
      return SignatureCheck.bad(
          "the text of rule "
              + publication.getRuleId()
              + " is unsigned by its author "
              + publication.getAuthor());
    }
    return rule("the text of a rule", publication.getAuthor(), KeyRole::signsRules)
        .check(
            directory,
            publication.getAuthorKeyId(),
            SignedLayouts.ruleText(publication, publication.getAuthorKeyId()),
            publication.getAuthorSignature(),
            at);
  }

  private SignatureCheck verifyApprover(RulePublication publication, Instant at) {
    boolean byAuthor =
        publication.getStatus() == PublicationStatus.SHADOW && publication.getApprover() == null;
    return rule(
            "a rule publication",
            byAuthor ? publication.getAuthor() : publication.getApprover(),
            byAuthor ? KeyRole::signsRules : role -> role == KeyRole.RULE_APPROVER)
        .check(
            directory,
            publication.getKeyId(),
            SignedLayouts.publication(publication, publication.getKeyId()),
            publication.getSignature(),
            at);
  }

  /** Whether who decided on it signed a control: an approver a limit, an officer the others. */
  public SignatureCheck verify(ActionControl control, Instant at) {
    Predicate<KeyRole> may =
        control.getKind() == ActionControlKind.LIMIT
            ? role -> role == KeyRole.RULE_APPROVER
            : KeyRole::signsActs;
    return rule("a control " + control.getKind(), control.getBy(), may)
        .check(
            directory,
            control.getKeyId(),
            SignedLayouts.control(control, control.getKeyId()),
            control.getSignature(),
            at);
  }

  /** What covers {@code order}, as its officer signed it. */
  SignatureCheck verifyOfficer(StopPaymentOrder order, OfficerAuthorisation by, Instant at) {
    return verify(by, AuthorisationSubject.of(order), at);
  }

  private SignatureCheck verifyStanding(
      StandingAuthorisation standing, String keyId, ByteBuffer signature, Instant at) {
    return rule("a standing authorisation", standing.getOfficerId(), KeyRole::authorises)
        .check(directory, keyId, SignedLayouts.standing(standing, keyId), signature, at);
  }

  private SignatureRule rule(String what, String owner, Predicate<KeyRole> role) {
    return new SignatureRule(what, role, owner, environment);
  }

  private static OfficerAct copyOf(OfficerAct act) {
    OfficerAct copy = new OfficerAct();
    copyFields(act, copy);
    return copy;
  }

  /** The builders refuse a draft without signature, so the fields are copied one by one. */
  private static void copyFields(SpecificRecordBase from, SpecificRecordBase to) {
    for (int field = 0; field < from.getSchema().getFields().size(); field++) {
      to.put(field, from.get(field));
    }
  }
}
