package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.decide.JoinInput;
import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.score.AcceptedReport;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.HolderInput;
import dev.zhifu.jobs.score.LiftClock;
import dev.zhifu.jobs.score.SubjectKey;
import dev.zhifu.jobs.score.Verdict;
import dev.zhifu.jobs.shadow.FinalHit;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.util.Collector;

/** Stateless hand-overs between the steps: who goes where. */
final class Splits {
  private Splits() {}

  /** When a retraction is handed over; 0 of a hit that holds. */
  private static long left(RuleHit hit) {
    return hit.getHolds() ? 0 : LiftClock.now();
  }

  /** What MATCH says about holders and numbers, for scoring by holder. */
  static final class ToHolders implements FlatMapFunction<MatchOutput, HolderInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(MatchOutput output, Collector<HolderInput> out) {
      if (output.part() != null) {
        if (output.part().keyKind() == KeyKind.HOLDER) {
          out.collect(new HolderInput(output.part().key(), null, output.part(), null));
        }
      } else if (hasVoice(output.hit()) && aboutHolder(output.hit())) {
        String holder = Subjects.holderOrNumber(output.hit());
        if (holder != null) {
          out.collect(new HolderInput(holder, output.hit(), null, null, left(output.hit())));
        }
      }
    }
  }

  /** Final hits, for what rules in shadow would have done. */
  static final class ToShadow implements FlatMapFunction<RuleHit, FinalHit> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RuleHit hit, Collector<FinalHit> out) {
      String subject = Subjects.of(hit);
      if (subject != null) {
        out.collect(FinalHit.of(subject, hit));
      }
    }
  }

  /** What MATCH says about accounts, for scoring by target account. */
  static final class ToAccounts implements FlatMapFunction<MatchOutput, AccountInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(MatchOutput output, Collector<AccountInput> out) {
      PartReport part = output.part();
      if (part != null) {
        if (part.keyKind() != KeyKind.HOLDER) {
          String account = part.keyKind() == KeyKind.ACCOUNT ? part.key() : part.payeeAccount();
          out.collect(
              new AccountInput(account == null ? part.key() : account, null, null, null, part));
        }
      } else if (hasVoice(output.hit()) && !aboutHolder(output.hit())) {
        String account = Subjects.account(output.hit());
        if (account != null) {
          out.collect(AccountInput.of(account, output.hit(), left(output.hit())));
        }
      }
    }
  }

  /** Hits whose key is the account, but for those in shadow. */
  static final class HeardByAccount implements FlatMapFunction<RuleHit, AccountInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RuleHit hit, Collector<AccountInput> out) {
      if (hasVoice(hit)) {
        out.collect(AccountInput.of(hit.getKey(), hit, left(hit)));
      }
    }
  }

  /** The revisions of hits alone. */
  static final class Hits implements FlatMapFunction<MatchOutput, RuleHit> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(MatchOutput output, Collector<RuleHit> out) {
      if (output.hit() != null) {
        out.collect(output.hit());
      }
    }
  }

  /** An accepted report, for its victim's case. */
  static final class ToVictims implements FlatMapFunction<OfficerAct, HolderInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(OfficerAct act, Collector<HolderInput> out) {
      if (act.getReport() != null) {
        String holder = act.getReport().getHolderToken();
        out.collect(
            new HolderInput(
                holder,
                null,
                null,
                new AcceptedReport(
                    act.getReport().getReportId(),
                    holder,
                    act.getAt().toEpochMilli(),
                    act.getActId())));
      }
    }
  }

  /** A verdict for an account; an act that names none concerns stop-orders alone. */
  static final class ToVerdicts implements FlatMapFunction<OfficerAct, AccountInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(OfficerAct act, Collector<AccountInput> out) {
      boolean appeal = act.getKind() == ActKind.UPHOLD_APPEAL;
      if ((appeal || act.getKind() == ActKind.RELEASE) && act.getAccountToken() != null) {
        out.collect(
            AccountInput.of(
                new Verdict(
                    act.getAccountToken(),
                    act.getAt().toEpochMilli(),
                    act.getActId(),
                    appeal ? ReasonCode.APPEAL_UPHELD : ReasonCode.NOT_INVOLVED),
                LiftClock.now()));
      }
    }
  }

  /** An account that an accepted report names. */
  static final class ToReported implements MapFunction<ReportedAccount, AccountInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public AccountInput map(ReportedAccount reported) {
      return new AccountInput(reported.accountToken(), null, null, reported, null);
    }
  }

  /** The router's word, for the join. */
  static final class ToJoin implements MapFunction<Announcement, JoinInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public JoinInput map(Announcement announcement) {
      return new JoinInput(announcement.eventId(), announcement, null);
    }
  }

  /** A part's report, for the join. */
  static final class PartToJoin implements MapFunction<PartReport, JoinInput> {
    private static final long serialVersionUID = 1L;

    @Override
    public JoinInput map(PartReport part) {
      return new JoinInput(part.eventId(), null, part);
    }
  }

  /** A rule in shadow is watched and not heard. */
  private static boolean hasVoice(RuleHit hit) {
    return !hit.getShadow();
  }

  private static boolean aboutHolder(RuleHit hit) {
    return hit.getFamily() == RuleFamily.V || hit.getFamily() == RuleFamily.T;
  }

  /** Whom a hit is about when its key is not the subject itself. */
  static final class Subjects {
    private Subjects() {}

    /** Whom the hit is about, with its kind; null when unknown. */
    static String of(RuleHit hit) {
      if (hit.getKeyKind() == KeyKind.NUMBER) {
        return SubjectKey.ofNumber(hit.getKey());
      }
      String token = aboutHolder(hit) ? holder(hit) : account(hit);
      return token == null ? null : (aboutHolder(hit) ? "holder:" : "account:") + token;
    }

    /** Key of scoring by holder; null when neither holder nor number is known. */
    static String holderOrNumber(RuleHit hit) {
      return hit.getKeyKind() == KeyKind.NUMBER ? SubjectKey.ofNumber(hit.getKey()) : holder(hit);
    }

    /**
     * The victim's holder: the key, or the payer's holder of the linking transaction; null when
     * neither is known.
     */
    static String holder(RuleHit hit) {
      if (hit.getKeyKind() == KeyKind.HOLDER) {
        return hit.getKey();
      }
      BankTransaction link = hit.getTransaction();
      return link == null || link.getPayer() == null ? null : link.getPayer().getHolderToken();
    }

    /**
     * The account judged: the key; on a device the account that was used on it (ADR 0030); else the
     * payee of the linking transaction, or its payer for cash; null when none is known.
     */
    static String account(RuleHit hit) {
      if (hit.getKeyKind() == KeyKind.ACCOUNT) {
        return hit.getKey();
      }
      BankTransaction link = hit.getTransaction();
      if (link == null) {
        return null;
      }
      boolean payer = link.getPayee() == null || hit.getKeyKind() == KeyKind.DEVICE;
      AccountRef judged = payer ? link.getPayer() : link.getPayee();
      return judged == null ? null : judged.getAccountToken();
    }
  }
}
