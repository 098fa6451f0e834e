package dev.zhifu.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.crypto.CryptoException;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeyFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountCipherTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final ClearAccount CLEAR = new ClearAccount("王小明", "6222000011112222");

  private final AccountSealer sealer =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 100);

  @Test
  void theAccountHoldingBankReadsNameAndNumber() {
    ByteBuffer cipher = sealer.seal("B01", TOKEN, CLEAR);
    assertThat(openerOf("B01").open(cipher, TOKEN)).isEqualTo(CLEAR);
    assertThat(openerOf("B01").open(cipher, TOKEN))
        .as("the buffer is left as it was")
        .isEqualTo(CLEAR);
  }

  @Test
  void anotherBankCannotOpenIt() {
    ByteBuffer cipher = sealer.seal("B01", TOKEN, CLEAR);
    assertThatThrownBy(() -> openerOf("B02").open(cipher, TOKEN))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("demo-bank-B01");
    AccountOpener liar =
        new AccountOpener(List.of(new KeyFile("demo-bank-B01", DemoKeys.bank("B02").key())));
    assertThatThrownBy(() -> liar.open(cipher, TOKEN)).isInstanceOf(CryptoException.class);
  }

  @Test
  void aTopicReaderWithoutKeysSeesNeitherNameNorNumber() {
    ByteBuffer cipher = sealer.seal("B01", TOKEN, CLEAR);
    byte[] bytes = bytesOf(cipher);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain(CLEAR.number());
    assertThat(text)
        .doesNotContain(
            new String(CLEAR.name().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    AccountOpener nobody = new AccountOpener(List.of());
    assertThatThrownBy(() -> nobody.open(cipher, TOKEN)).isInstanceOf(CryptoException.class);
  }

  @Test
  void everyFlippedBitFails() {
    byte[] bytes = bytesOf(sealer.seal("B01", TOKEN, CLEAR));
    AccountOpener opener = openerOf("B01");
    for (int index = 0; index < bytes.length; index++) {
      byte[] changed = bytes.clone();
      changed[index] ^= (byte) (1 << (index % 8));
      assertThatThrownBy(() -> opener.open(ByteBuffer.wrap(changed), TOKEN))
          .as("byte %d", index)
          .isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void aCipherDoesNotMoveToAnotherAccount() {
    ByteBuffer cipher = sealer.seal("B01", TOKEN, CLEAR);
    assertThatThrownBy(() -> openerOf("B01").open(cipher, TOKEN.replace('0', 'f')))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void everyTruncationFails() {
    byte[] bytes = bytesOf(sealer.seal("B01", TOKEN, CLEAR));
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
      assertThatThrownBy(() -> openerOf("B01").open(cut, TOKEN))
          .isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void aCipherIsMadeOncePerAccountAndTheCacheIsBounded() {
    ByteBuffer first = sealer.seal("B01", TOKEN, CLEAR);
    assertThat(sealer.seal("B01", TOKEN, CLEAR)).isEqualTo(first);
    for (int other = 0; other < 100; other++) {
      sealer.seal("B01", String.format("%032x", other), CLEAR);
    }
    assertThat(sealer.seal("B01", TOKEN, CLEAR)).isNotEqualTo(first);
  }

  @Test
  void theSameAccountUnderACorrectedNameIsSealedAnew() {
    sealer.seal("B01", TOKEN, new ClearAccount("王晓明", CLEAR.number()));
    assertThat(openerOf("B01").open(sealer.seal("B01", TOKEN, CLEAR), TOKEN)).isEqualTo(CLEAR);
  }

  @Test
  void aBankWithoutAKeyIsNamed() {
    assertThatThrownBy(() -> sealer.seal("B99", TOKEN, CLEAR)).hasMessageContaining("B99");
  }

  private static AccountOpener openerOf(String bank) {
    return new AccountOpener(List.of(DemoKeys.bank(bank)));
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
