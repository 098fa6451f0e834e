package dev.zhifu.rules.lives.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.channel.TransportCode.Then;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.order.OrderFact;
import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.StopBasis;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlatformTwinTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private final PlatformTwin twin = new PlatformTwin();

  private static ChannelRequest request(String code) {
    return ChannelRequest.newBuilder()
        .setRequestId("freeze-1:5")
        .setCode(code)
        .setChannel(OrderChannel.PLATFORM)
        .setKind(LifeKind.FREEZE)
        .setObjectId("freeze-1")
        .setCaseId("case-1")
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setBank("B01")
        .setAccount(
            AccountRef.newBuilder()
                .setAccountToken("mule")
                .setBank("B01")
                .setKind(AccountKind.PERSONAL)
                .build())
        .setAmountFen(4_000_000)
        .setReasonCode(ReasonCode.HOP_OF_REPORT)
        .setTermMonths(6)
        .setWords("freeze")
        .setAuthorisation("act-1")
        .setTickAt(T0)
        .build();
  }

  @Test
  void aFreezeComesBackWithStartNumberAndSealAndTheSameIdTwiceIsOneFreeze() {
    PlatformTwin.Result first = twin.take(request("100201"), T0);
    PlatformTwin.Result again = twin.take(request("100201"), T0.plusSeconds(60));

    assertThat(first.code()).isEqualTo(TransportCode.OK);
    assertThat(first.answer().getEvent()).isEqualTo("BANK_FROZE");
    assertThat(first.answer().getCode()).isEqualTo("100202");
    assertThat(first.answer().getStartTime()).isEqualTo(T0);
    assertThat(first.answer().getSeal()).isNotEmpty();
    assertThat(again.code()).isEqualTo(TransportCode.DUPLICATE);
    assertThat(again.answer()).isEqualTo(first.answer());
  }

  @Test
  void queuedUnknownSilentAndMalformedAreEachAnsweredAsThePlatformDoes() {
    twin.frozenElsewhere("mule");
    assertThat(twin.take(request("100201"), T0).answer().getEvent()).isEqualTo("BANK_QUEUED");

    PlatformTwin other = new PlatformTwin();
    other.unknown("mule");
    assertThat(other.take(request("100201"), T0).code()).isEqualTo(TransportCode.NOT_FOUND);

    PlatformTwin quiet = new PlatformTwin();
    quiet.silent("B01");
    assertThat(quiet.take(request("100201"), T0).code()).isEqualTo(TransportCode.NO_ANSWER);
    quiet.answers("B01");
    assertThat(quiet.take(request("100201"), T0).code()).isEqualTo(TransportCode.OK);

    ChannelRequest direct =
        ChannelRequest.newBuilder(request("100201")).setChannel(OrderChannel.DIRECT).build();
    assertThat(twin.take(direct, T0).code()).isEqualTo(TransportCode.FORMAT);
    assertThat(twin.take(request("100102"), T0).code()).isEqualTo(TransportCode.FORMAT);
  }

  @Test
  void aRenewalNeedsAFreezeInForceAndAReleaseEndsIt() {
    assertThat(twin.take(request("100205"), T0).answer().getEvent())
        .isEqualTo("BANK_REFUSED_RENEWAL");

    PlatformTwin fresh = new PlatformTwin();
    fresh.take(request("100201"), T0);
    assertThat(fresh.take(request("100205"), T0).answer().getEvent()).isEqualTo("BANK_RENEWED");
    assertThat(fresh.take(request("100203"), T0).answer().getEvent()).isEqualTo("BANK_LIFTED");
  }

  @Test
  void everyAnswerOfTheTwinIsAnEventOfTheFreezesTable() {
    for (String code : new String[] {"100201", "100203", "100205", "100301"}) {
      assertThat(
              FreezeEvent.valueOf(new PlatformTwin().take(request(code), T0).answer().getEvent()))
          .isNotNull();
    }
  }

  @Test
  void everyResultOfTheTransportMeansSomethingToASentOrder() {
    for (TransportCode code : TransportCode.values()) {
      assertThat(TransportCode.of(code.code())).contains(code);
      code.event()
          .ifPresent(
              event ->
                  assertThat(
                          OrderTable.law()
                              .step(OrderState.SENT, event, EnumSet.allOf(OrderFact.class)))
                      .as(code.name())
                      .isPresent());
      assertThat(code.then() == Then.CORRECT)
          .as("only what ends an order asks for a new id: " + code)
          .isEqualTo(code == TransportCode.FORMAT || code == TransportCode.NOT_FOUND);
    }
  }

  @Test
  void theMessageSetIsThatOfTheConnectors() {
    assertThat(Arrays.stream(MessageCode.values()).map(MessageCode::code))
        .containsExactlyElementsOf(
            Stream.of(
                    "100101 100103 100105 100201 100203 100205 100301 100303 100305 100307 100309"
                        .split(" "),
                    "100401 100403 100404 100405 100501 100503".split(" "))
                .flatMap(Arrays::stream)
                .toList());
    assertThat(Arrays.stream(ApplicationType.values()).map(ApplicationType::code))
        .containsExactly("00", "01", "02", "03", "04", "05");
    assertThat(Arrays.stream(ApplicationType.values()).filter(ApplicationType::needsOriginal))
        .hasSize(4);
  }

  @Test
  void theTypeFollowsTheOwnStopThenTheBanksReportThenTheKindOfAccount() {
    String report = "cdcdcdcd-cdcd-cdcd-cdcd-cdcdcdcdcdcd";
    StopBasis demand = new StopBasis(report, true);
    StopBasis other = new StopBasis(report, false);
    OwnStop own = new OwnStop("of the own stop", T0, T0.plusSeconds(60), 5L, true);
    assertThat(ApplicationType.of(null, null).code()).isEqualTo("00");
    assertThat(ApplicationType.of(null, new StopBasis(null, false)).code()).isEqualTo("01");
    assertThat(ApplicationType.of(null, demand).code()).isEqualTo("02");
    assertThat(ApplicationType.of(null, other).code()).isEqualTo("03");
    assertThat(ApplicationType.of(own, other).code()).isEqualTo("04");
    own.setCnyDemand(false);
    assertThat(ApplicationType.of(own, demand).code()).isEqualTo("05");
    assertThat(ApplicationType.original(own, demand)).isEqualTo("of the own stop");
    assertThat(ApplicationType.original(null, demand)).isEqualTo(report);
    assertThat(ApplicationType.original(null, null)).isNull();
  }
}
