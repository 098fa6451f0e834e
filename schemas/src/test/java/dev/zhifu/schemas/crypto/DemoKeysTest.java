package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoKeysTest {

  @Test
  void aPersonsKeyIsUnlockedOnce() {
    KeySigner author = DemoKeys.person(DemoKeys.AUTHOR);

    assertThat(DemoKeys.person(DemoKeys.AUTHOR)).isSameAs(author);
  }

  @Test
  void everyPersonHasAKeyOfTheirOwn() {
    KeySigner author = DemoKeys.person(DemoKeys.AUTHOR);
    KeySigner approver = DemoKeys.person(DemoKeys.APPROVER);
    byte[] message = "m".getBytes(StandardCharsets.UTF_8);

    assertThat(author.keyId()).isNotEqualTo(approver.keyId());
    assertThat(Sm2.verify(author.entry().publicKey(), message, author.sign(message))).isTrue();
    assertThat(Sm2.verify(approver.entry().publicKey(), message, author.sign(message))).isFalse();
  }

  @Test
  void nobodyElseHasOne() {
    assertThatThrownBy(() -> DemoKeys.person("officer-99")).isInstanceOf(CryptoException.class);
  }
}
