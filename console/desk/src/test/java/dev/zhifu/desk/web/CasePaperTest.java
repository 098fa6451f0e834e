package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CasePaperTest {

  @Test
  void evidenceIsNamedByItsKindsAloneWithHowManyOfEach() {
    assertThat(
            CasePaper.kinds(
                List.of(
                    "APPROVED act-7",
                    "act-8#0f0f",
                    "TRACE R-1:b-1",
                    "M01 hit-3",
                    "M02 hit-4",
                    "ASKED VICTIM_AT_RISK")))
        .containsExactly("民警操作记录 2 份", "风险管控请求 1 份", "规则命中记录 2 份", "资金流向追踪 1 份");
    assertThat(CasePaper.kinds(List.of())).isEmpty();
  }
}
