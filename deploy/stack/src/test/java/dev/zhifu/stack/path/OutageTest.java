package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

  @Test
  void theOutageEndsWithTheFirstAnswerToWhatWasAskedAfterTheKill() {
    Outage outage =
        Outage.of(
            List.of(
                new long[] {900, 14_000}, // asked before: not what is looked for
                new long[] {1_100, 16_000},
                new long[] {12_000, 16_500},
                new long[] {17_000, 17_010},
                new long[] {18_000, 18_010}),
            1_000);

    assertThat(outage.firstAnswerMs()).isEqualTo(15_000);
    assertThat(outage.caughtUpMs()).isEqualTo(16_010);
  }

  @Test
  void whatNeverCatchesUpSaysSo() {
    assertThat(Outage.of(List.of(new long[] {2_000, 9_000}), 1_000))
        .isEqualTo(new Outage(8_000, -1));
    assertThat(Outage.of(List.of(), 1_000)).isEqualTo(new Outage(-1, -1));
  }
}
