package dev.zhifu.jobs.io;

import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.TraceParty;

/**
 * What a trace says of an account, as evidence against it: the account counts as named by the
 * report, with the four fields of the transfer that brought the money (延伸止付).
 */
public final class FollowOnReading extends RecordReading<FollowOn, AccountInput> {
  private static final long serialVersionUID = 1L;

  /**
   * Reads follow-ons.
   *
   * @param registry where writers' schemas are looked up
   */
  public FollowOnReading(RegistrySettings registry) {
    super(registry, FollowOn.class, FollowOnReading::input);
  }

  FollowOnReading(CodecSource codecs) {
    super(codecs, FollowOn.class, FollowOnReading::input);
  }

  /** What a trace says of an account, for scoring. */
  public static AccountInput input(FollowOn told) {
    ReportedAccount named = evidence(told);
    return new AccountInput(named.accountToken(), null, null, named, null);
  }

  private static ReportedAccount evidence(FollowOn told) {
    TraceEdge edge = told.getEdge();
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(account(edge.getPayer()))
            .setPayee(told.getTarget())
            .setAmountFen(edge.getAmountFen())
            .setOccurredAt(edge.getOccurredAt())
            .setTransactionId(edge.getTransferId())
            .setPayeeBankTransactionId(
                edge.getBankTransactionId().isEmpty() ? null : edge.getBankTransactionId())
            .build();
    return new ReportedAccount(
        told.getTarget().getAccountToken(),
        transfer,
        told.getClaim(),
        told.getVictim(),
        told.getAcceptedAt().toEpochMilli(),
        told.getActId(),
        balanceFen(told),
        told.getAt().toEpochMilli(),
        told.getLevel(),
        told.getRevision(),
        told.getHolds(),
        told.getThereFen(),
        told.getAt().toEpochMilli(),
        told.getCaseId(),
        told.getGround());
  }

  /** What only explains the ledger is no balance: nothing can be in proportion to it. */
  private static Long balanceFen(FollowOn told) {
    TraceGround ground = told.getGround();
    return ground == null ? Long.valueOf(told.getBalanceFen()) : ground.getBalanceFen();
  }

  private static AccountRef account(TraceParty party) {
    return AccountRef.newBuilder()
        .setAccountToken(party.getAccountToken())
        .setBank(party.getBank())
        .setKind(party.getKind())
        .build();
  }
}
