package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Known answers of the standards, so that the names SM2, SM3 and SM4 mean what others mean by them.
 */
class StandardAlgorithmsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void sm3OfAbcIsTheExampleOfGbt32905() {
    assertThat(HEX.formatHex(Sm3.digest("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  }

  @Test
  void sm2VerifiesTheExampleOfGbt32918() {
    Sm2PrivateKey key =
        Sm2PrivateKey.ofHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
    assertThat(key.publicKey().hex())
        .isEqualTo(
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    byte[] signature =
        HEX.parseHex(
            "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
    assertThat(Sm2.verify(key.publicKey(), message, signature)).isTrue();
  }

  @Test
  void sm4GcmIsTheExampleOfRfc8998() {
    byte[] sealed =
        Sm4.seal(
            HEX.parseHex("0123456789abcdeffedcba9876543210"),
            HEX.parseHex("00001234567800000000abcd"),
            HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            HEX.parseHex(
                "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                    + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"));
    assertThat(HEX.formatHex(sealed))
        .isEqualTo(
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
                + "83de3541e4c2b58177e065a9bf7b62ec");
  }

  @Test
  void sm2OpensOnlyWhatWasMadeForItsKey() {
    SecureRandom random = new SeededRandom("sm2 encryption");
    Sm2PrivateKey key = Sm2.generate(random);
    byte[] cipher = Sm2.encrypt(key.publicKey(), new byte[16], random);
    assertThat(cipher).hasSize(16 + 97);
    assertThat(Sm2.decrypt(key, cipher)).isEqualTo(new byte[16]);
    assertThatThrownBy(() -> Sm2.decrypt(Sm2.generate(random), cipher))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void signaturesDifferAndBothVerifyAndGarbageDoesNot() {
    SecureRandom random = new SeededRandom("sm2 signatures");
    Sm2PrivateKey key = Sm2.generate(random);
    byte[] first = Sm2.sign(key, new byte[] {1}, random);
    byte[] second = Sm2.sign(key, new byte[] {1}, random);
    assertThat(first).isNotEqualTo(second);
    assertThat(Sm2.verify(key.publicKey(), new byte[] {1}, first)).isTrue();
    assertThat(Sm2.verify(key.publicKey(), new byte[] {1}, second)).isTrue();
    assertThat(Sm2.verify(key.publicKey(), new byte[] {2}, first)).isFalse();
    assertThat(Sm2.verify(key.publicKey(), new byte[] {1}, new byte[] {48, 1})).isFalse();
    assertThat(Sm2.verify(key.publicKey(), new byte[] {1}, new byte[0])).isFalse();
  }

  @Test
  void aPointOffTheCurveIsNoKeyAndASecretIsNotPrinted() {
    assertThatThrownBy(() -> Sm2PublicKey.ofHex("04" + "11".repeat(64)))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("not an SM2 point");
    Sm2PrivateKey key = Sm2.fromSeed("a test");
    assertThat(key.toString()).doesNotContain(key.secretHex());
  }
}
