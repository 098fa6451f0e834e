package dev.zhifu.jobs.io;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.TraceParty;
import org.junit.jupiter.api.Test;

class FollowOnReadingTest {
  private static final String TOPIC = "trace.followons";

  private static FollowOn followOn() {
    return FollowOn.newBuilder()
        .setClaim("report-1")
        .setCaseId("case-1")
        .setActId("act-1")
        .setVictim("victim-holder")
        .setAcceptedAt(T0)
        .setRevision(7)
        .setHolds(true)
        .setTarget(Wire.account("mule-2", "B03"))
        .setLevel(2)
        .setEdge(
            TraceEdge.newBuilder()
                .setTransferId("B02:2")
                .setOccurredAt(T0.plusSeconds(60))
                .setAmountFen(4_900_000)
                .setPayer(new TraceParty("mule-1", "B02", AccountKind.PERSONAL))
                .setPayee(new TraceParty("mule-2", "B03", AccountKind.PERSONAL))
                .setBankTransactionId("B03-2")
                .build())
        .setThereFen(4_800_000)
        .setBalanceFen(5_000_000)
        .setAt(T0.plusSeconds(90))
        .build();
  }

  @Test
  void aFollowOnIsEvidenceAgainstItsAccountWithTheFieldsOfItsHop() throws Exception {
    Decoding<AccountInput> decoded =
        Decoding.of(
            new FollowOnReading(Wire::codec),
            FollowOnReading.DEAD,
            Wire.raw(TOPIC, 0, followOn()),
            Wire.raw(TOPIC, 1, (byte[]) null));

    ReportedAccount named = decoded.out().get(0).reported();
    assertThat(decoded.out()).hasSize(1);
    assertThat(decoded.out().get(0).account()).isEqualTo("mule-2");
    assertThat(named.isHop()).isTrue();
    assertThat(named.revision()).isEqualTo(7);
    assertThat(named.tracedFen()).isEqualTo(4_800_000);
    assertThat(named.lastBalanceFen()).isEqualTo(5_000_000);
    assertThat(named.newestMs()).isEqualTo(T0.plusSeconds(90).toEpochMilli());
    assertThat(named.transfer().getAmountFen()).isEqualTo(4_900_000);
    assertThat(named.transfer().getPayeeBankTransactionId()).isEqualTo("B03-2");
    assertThat(named.transfer().getPayee()).isEqualTo(followOn().getTarget());
    assertThat(named.caseId()).isEqualTo("case-1");
    assertThat(named.ground()).isNull();
  }

  @Test
  void aBalanceThatNoBankStatesIsNone() {
    TraceGround ground =
        TraceGround.newBuilder()
            .setReportId("report-1")
            .setCaseId("case-1")
            .setFromAccount("mule-1")
            .setFromBank("B02")
            .setLevel(2)
            .setArrivedAt(T0)
            .setLowFen(4_800_000)
            .setHighFen(4_800_000)
            .build();

    ReportedAccount named =
        FollowOnReading.input(FollowOn.newBuilder(followOn()).setGround(ground).build()).reported();

    assertThat(named.ground()).isEqualTo(ground);
    assertThat(named.lastBalanceFen()).as("the least that explains what left").isNull();
  }

  @Test
  void whatCannotBeReadIsTurnedAway() throws Exception {
    assertThat(
            Decoding.of(
                    new FollowOnReading(Wire::codec),
                    FollowOnReading.DEAD,
                    Wire.raw(TOPIC, 3, Wire.GARBAGE))
                .dead())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.UNDECODABLE);
  }

  @Test
  void whatMeansNothingIsTurnedAwayWhole() throws Exception {
    Decoding<String> decoded =
        Decoding.of(
            new RecordReading<FollowOn, String>(
                Wire::codec,
                FollowOn.class,
                one -> {
                  throw new IllegalArgumentException("nothing is known of " + one.getClaim());
                }),
            RecordReading.DEAD,
            Wire.raw(TOPIC, 4, followOn()));

    assertThat(decoded.out()).isEmpty();
    DeadLetter dead = decoded.dead().get(0);
    assertThat(dead.getReason()).isEqualTo(DeadLetterReason.CONTRADICTORY_FIELDS);
    assertThat(dead.getOffset()).isEqualTo(4);
    assertThat(dead.getExplanation()).contains("report-1");
  }
}
