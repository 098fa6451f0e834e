package dev.zhifu.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.WrongStops;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleStatusCommandTest {

  @Test
  void wrongStopsAreSummedAndSaidByCause() {
    assertThat(
            RuleStatusCommand.wrong(
                List.of(new WrongStops("BONA_FIDE", 2L), new WrongStops("MODEL_FP", 1L))))
        .isEqualTo("wrong stops: 3 (BONA_FIDE 2, MODEL_FP 1)");
  }
}
