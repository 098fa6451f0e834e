package dev.zhifu.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.crypto.CryptoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
  private static final byte[] KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
  private static final ClearIdentity CLEAR =
      new ClearIdentity(TokenKind.ACCOUNT, "王小明", "6222000011112222");

  @TempDir Path folder;

  @Test
  void opensOneTokenForANamedCaseAndWritesItDown() throws IOException {
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
      assertThat(vault.open(request(TOKEN), AT)).contains(CLEAR);
      assertThat(vault.open(request("f".repeat(32)), AT)).isEmpty();
    }
    assertThat(audit()).hasSize(2);
    assertThat(audit().get(0))
        .contains(TOKEN, "case-1", "WARNING", "officer-1", "OPENED")
        .doesNotContain(CLEAR.value());
    assertThat(VaultAudit.faultOf(audit())).isEmpty();
  }

  @Test
  void refusesUnnamedOpeningsAndWritesThemDownToo() throws IOException {
    List<VaultRequest> unnamed =
        List.of(
            new VaultRequest(TOKEN, " ", VaultPurpose.DESK, "officer-1"),
            new VaultRequest(TOKEN, "case-1", null, "officer-1"),
            new VaultRequest(TOKEN, "case-1", VaultPurpose.DESK, null),
            new VaultRequest(TOKEN + "," + TOKEN, "case-1", VaultPurpose.DESK, "officer-1"),
            new VaultRequest("*", "case-1", VaultPurpose.DESK, "officer-1"));
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
      for (VaultRequest request : unnamed) {
        assertThatThrownBy(() -> vault.open(request, AT)).isInstanceOf(VaultRefusedException.class);
      }
    }
    assertThat(audit()).hasSize(unnamed.size()).allMatch(line -> line.contains("REFUSED"));
  }

  @Test
  void refusesBulk() throws IOException {
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
      for (int i = 0; i < Vault.OPENINGS_PER_MINUTE_MAX; i++) {
        vault.open(request(TOKEN), AT.plusMillis(i));
      }
      assertThatThrownBy(() -> vault.open(request(TOKEN), AT.plusSeconds(1)))
          .isInstanceOf(VaultRefusedException.class)
          .hasMessageContaining("no bulk");
      assertThat(vault.open(request(TOKEN), AT.plusSeconds(61))).contains(CLEAR);
    }
  }

  @Test
  void outlivesARestartAndATornWriteAndShowsNothingOnDisk() throws IOException {
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
      vault.keep("f".repeat(32), CLEAR);
    }
    Path bin = folder.resolve("vault.bin");
    byte[] bytes = Files.readAllBytes(bin);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(CLEAR.value());
    Files.write(bin, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    try (Vault vault = vault()) {
      assertThat(vault.open(request(TOKEN), AT)).contains(CLEAR);
      assertThat(vault.open(request("f".repeat(32)), AT)).as("torn").isEmpty();
      vault.keep("f".repeat(32), CLEAR);
      assertThat(vault.open(request("f".repeat(32)), AT)).contains(CLEAR);
    }
  }

  @Test
  void anotherKeyOrAChangedBitOpensNothing() throws IOException {
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
    }
    try (Vault vault = new Vault(folder, new byte[16], new SecureRandom())) {
      assertThatThrownBy(() -> vault.open(request(TOKEN), AT)).isInstanceOf(CryptoException.class);
    }
    Path bin = folder.resolve("vault.bin");
    byte[] bytes = Files.readAllBytes(bin);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bin, bytes);
    try (Vault vault = vault()) {
      assertThatThrownBy(() -> vault.open(request(TOKEN), AT)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void whatLiesOutsideIsSealedUnderItsOwnTokenOpenedOnRecordAndLimited() throws IOException {
    byte[] scan = "a scan of a document".getBytes(StandardCharsets.US_ASCII);
    try (Vault vault = vault()) {
      byte[] sealed = vault.seal(TOKEN, scan);
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("document");
      assertThat(vault.seal(TOKEN, scan)).as("a nonce of its own").isNotEqualTo(sealed);
      assertThat(vault.open(request(TOKEN), sealed, AT)).isEqualTo(scan);
      assertThatThrownBy(() -> vault.open(request("f".repeat(32)), sealed, AT))
          .as("under another token")
          .isInstanceOf(CryptoException.class);
      assertThatThrownBy(() -> vault.open(request(TOKEN), java.util.Arrays.copyOf(sealed, 20), AT))
          .isInstanceOf(CryptoException.class);
      sealed[sealed.length - 1] ^= 1;
      assertThatThrownBy(() -> vault.open(request(TOKEN), sealed, AT))
          .isInstanceOf(CryptoException.class);
      for (int i = 4; i < Vault.OPENINGS_PER_MINUTE_MAX; i++) {
        vault.open(request(TOKEN), vault.seal(TOKEN, scan), AT);
      }
      assertThatThrownBy(() -> vault.open(request(TOKEN), vault.seal(TOKEN, scan), AT))
          .isInstanceOf(VaultRefusedException.class);
    }
    assertThat(audit()).hasSize(Vault.OPENINGS_PER_MINUTE_MAX + 1);
    assertThat(audit().get(0)).contains(TOKEN, "case-1", "officer-1", "OPENED");
    assertThat(audit().get(30)).contains("REFUSED");
  }

  @Test
  void aChangedAuditLineIsFound() throws IOException {
    try (Vault vault = vault()) {
      vault.keep(TOKEN, CLEAR);
      vault.open(request(TOKEN), AT);
      vault.open(request(TOKEN), AT.plusSeconds(1));
    }
    Path file = folder.resolve("vault-audit.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("officer-1", "officer-2"));
    assertThat(VaultAudit.faultOf(audit()))
        .hasValueSatisfying(f -> assertThat(f).contains("line 1"));
    assertThatThrownBy(this::vault).isInstanceOf(IllegalStateException.class);
  }

  private Vault vault() {
    return new Vault(folder, KEY, new SecureRandom());
  }

  private static VaultRequest request(String token) {
    return new VaultRequest(token, "case-1", VaultPurpose.WARNING, "officer-1");
  }

  private List<String> audit() throws IOException {
    return Files.readAllLines(folder.resolve("vault-audit.jsonl"));
  }
}
