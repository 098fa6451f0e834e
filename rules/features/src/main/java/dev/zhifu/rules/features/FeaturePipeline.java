package dev.zhifu.rules.features;

import dev.zhifu.wire.EnrichedEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * The three feature steps over state in memory, in the order of the job: what scenarios, trials and
 * tests run. One thread.
 */
public final class FeaturePipeline {
  private final PayeeAccountFeatures payeeStep;
  private final PayerAccountFeatures payerStep;
  private final HolderFeatures holderStep;
  private final Dedupe dedupe;
  private final Map<String, PayeeState> payees = new HashMap<>();
  private final Map<String, PayerState> payers = new HashMap<>();
  private final Map<String, HolderState> holders = new HashMap<>();

  /** A pipeline that has seen nothing and tells {@code limits} of full lists. */
  public FeaturePipeline(Limits limits) {
    payeeStep = new PayeeAccountFeatures(limits);
    payerStep = new PayerAccountFeatures(limits);
    holderStep = new HolderFeatures(limits);
    dedupe = new Dedupe(limits);
  }

  /** Dedupes and enriches, in place; the features are filled only when the answer is NEW. */
  public Dedupe.Verdict enrich(EnrichedEvent event) {
    PayeeState payee = payees.computeIfAbsent(StepKeys.payee(event), key -> new PayeeState());
    Dedupe.Verdict verdict = dedupe.judge(payee, event);
    if (verdict == Dedupe.Verdict.NEW) {
      payeeStep.enrich(payee, event);
      payerStep.enrich(payer(StepKeys.payer(event)), event);
      holderStep.enrich(holder(StepKeys.holder(event)), event);
      tellOthers(event);
    }
    return verdict;
  }

  /** What the payer step knows of an account; an empty state when it never saw it. */
  public PayerState payer(String accountToken) {
    return payers.computeIfAbsent(accountToken, key -> new PayerState());
  }

  private HolderState holder(String token) {
    return holders.computeIfAbsent(token, key -> new HolderState());
  }

  private void tellOthers(EnrichedEvent event) {
    String account = StepKeys.payerNote(event);
    if (account != null) {
      payerStep.note(payer(account), event);
    }
    String borrower = StepKeys.holderNote(event);
    if (borrower != null) {
      holderStep.note(holder(borrower), event);
    }
  }
}
