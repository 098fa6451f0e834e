package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenStoreTest {
  @Test
  void everyNumberHasRoomHoweverTheStoreGrew() {
    TokenStore tokens = new TokenStore();
    // 1064 grows it to 2130 words, 1065 by half; 1597 takes the last two of 3195.
    for (int number : new int[] {1064, 1065, 1597, 2395, 40_001}) {
      String token = String.format("%032x", number + 1);
      tokens.put(number, token);
      assertThat(tokens.get(number)).isEqualTo(token);
    }
    assertThat(tokens.get(1596)).isNull();
    assertThat(tokens.get(1064)).endsWith("429");
  }

  @Test
  void aTokenForgottenIsNone() {
    TokenStore tokens = new TokenStore();
    tokens.put(7, "0123456789abcdef0123456789abcdef");
    tokens.forget(7);
    tokens.forget(1_000_000);
    assertThat(tokens.get(7)).isNull();
  }
}
