package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What is wrong with a text is said without it: faults of reports go to the log. */
class FieldsTest {
  private static final String NAME = "张桂兰";

  @Test
  void aFaultOfATextShowsNoneOfIt() {
    ObjectNode body = Messages.JSON.createObjectNode();
    body.put("victimName", NAME + "，达拉特旗".repeat(20));
    body.putArray("operatorName").add(NAME);

    assertThatThrownBy(() -> Fields.filled(body, "victimName", 60))
        .isInstanceOf(FieldException.class)
        .hasMessage("victimName has 103 characters; it is a text of at most 60")
        .hasMessageNotContaining(NAME);
    assertThatThrownBy(() -> Fields.filled(body, "operatorName", 60))
        .hasMessage("operatorName is no text; it is a text of at most 60");
    assertThatThrownBy(() -> Fields.filled(body, "incident", 600))
        .hasMessage("incident is missing; it is a text of at most 600");
  }
}
