package dev.zhifu.rules.lives.desk;

import static dev.zhifu.rules.lives.desk.Run.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A victim hold goes on paper, however the bank takes its orders (ADR-0170). */
class VictimHoldChannelTest {

  @ParameterizedTest
  @EnumSource(OrderChannel.class)
  void eachWordOfAVictimHoldIsAPaperWithALifeOfItsOwn(OrderChannel ofOrders) {
    Run run = byLaw();
    run.channel = ofOrders;
    run.emergency();
    run.act(
        LifeKind.VICTIM_HOLD, "hold-1", "PROPOSED", Role.DUTY_OFFICER, victimHold("victim-1", 10));
    run.act(LifeKind.VICTIM_HOLD, "hold-1", "APPROVED", Role.DUTY_OFFICER, null);
    run.answer(LifeKind.VICTIM_HOLD, "hold-1", "BANK_APPLIED", 0, run.now());
    run.actWith(
        LifeKind.VICTIM_HOLD,
        "hold-1",
        "HARDSHIP_ALLOWED",
        Role.DUTY_OFFICER,
        null,
        "MEDICAL",
        5_000L);
    run.act(LifeKind.VICTIM_HOLD, "hold-1", "LIFT_DECIDED", Role.DUTY_OFFICER, null, "visit:1");

    List<ChannelRequest> asked =
        run.requests.stream().filter(one -> one.getKind() == LifeKind.VICTIM_HOLD).toList();
    assertThat(asked).hasSize(3);
    assertThat(asked).extracting(ChannelRequest::getChannel).containsOnly(OrderChannel.PAPER);
    assertThat(asked)
        .as("the statutory message set has no code for it")
        .extracting(ChannelRequest::getCode)
        .containsOnly("");
    assertThat(run.file.all(LifeKind.PAPER))
        .extracting(LifeTransition::getState)
        .containsExactly("TO_PRINT", "TO_PRINT", "TO_PRINT");
  }
}
