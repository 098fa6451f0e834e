package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_COMMITTED = Set.of("target", ".git", ".zhifu", ".idea");
  private static final long LARGEST_KEY_FILE = 1_000_000;
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("\"publicKey\"\\s*:\\s*\"([0-9a-f]+)\"");

  @Test
  void theDemoFilesAreWhatTheirGeneratorMakes() throws IOException {
    for (Map.Entry<String, String> file : new DemoKeyWriter().files().entrySet()) {
      assertThat(DemoKeys.text(file.getKey())).isEqualTo(file.getValue());
    }
  }

  @Test
  void theDemoHasAnEngineFourOfficersTwoHeadsALegalReviewerAnAuthorAnApproverAndTwelveBanks() {
    KeyDirectory directory = DemoKeys.directory();
    assertThat(directory.keys()).hasSize(22);
    assertThat(DemoKeys.engine().environment()).isEqualTo(Environment.DEMO);
    for (int officer = 1; officer <= 4; officer++) {
      assertThat(DemoKeys.person("officer-" + officer).entry().role()).isEqualTo(KeyRole.OFFICER);
    }
    assertThat(DemoKeys.person(DemoKeys.AUTHORISER).entry().role())
        .isEqualTo(KeyRole.AUTHORISING_OFFICER);
    assertThat(DemoKeys.person(DemoKeys.CITY_HEAD).entry().role()).isEqualTo(KeyRole.CITY_HEAD);
    assertThat(DemoKeys.person(DemoKeys.LEGAL).entry().role()).isEqualTo(KeyRole.LEGAL_REVIEWER);
    assertThat(DemoKeys.person(DemoKeys.AUTHOR).entry().role()).isEqualTo(KeyRole.RULE_AUTHOR);
    assertThat(DemoKeys.person(DemoKeys.APPROVER).entry().role()).isEqualTo(KeyRole.RULE_APPROVER);
    for (int bank = 1; bank <= 12; bank++) {
      String code = String.format("B%02d", bank);
      assertThat(directory.of(KeyRole.BANK_ENCRYPTION, code))
          .extracting(KeyEntry::publicKey)
          .containsExactly(DemoKeys.bank(code).key().publicKey());
    }
  }

  @Test
  void everyPrivateKeyInTheRepositoryIsADemoKey() throws IOException {
    Set<String> demo = new HashSet<>();
    DemoKeys.directory().keys().stream()
        .filter(key -> key.environment() == Environment.DEMO)
        .forEach(key -> demo.add(key.publicKey().hex()));
    assertThat(DemoKeys.directory().keys()).hasSize(demo.size());
    List<String> keyFiles = new ArrayList<>();
    for (Path file : committed()) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .as("a private key in PEM: %s", file)
          .doesNotContainPattern("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s");
      if (text.contains("\"privateKey\" :") || text.contains("\"locked\" :")) {
        Matcher matcher = PUBLIC_KEY.matcher(text);
        assertThat(matcher.find()).as("key file %s", file).isTrue();
        assertThat(demo).as("key file %s", file).contains(matcher.group(1));
        keyFiles.add(file.getFileName().toString());
      }
    }
    assertThat(keyFiles).as("the search finds what is there").hasSize(22);
  }

  @Test
  void aKeyOfAnotherFileThanTheDirectoryListsIsRefused() {
    KeyFile stranger = new KeyFile(DemoKeys.ENGINE, Sm2.fromSeed("stranger"));
    assertThatThrownBy(() -> EngineSigner.of(stranger, DemoKeys.directory()))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("another key");
    KeyFile unknown = new KeyFile("demo-engine-9", Sm2.fromSeed("stranger"));
    assertThatThrownBy(() -> EngineSigner.of(unknown, DemoKeys.directory()))
        .hasMessageContaining("demo-engine-9 is not in the key directory");
    assertThatThrownBy(() -> EngineSigner.of(DemoKeys.person("officer-1"), DemoKeys.directory()))
        .hasMessageContaining("role OFFICER");
  }

  @Test
  void aLockedFileOpensWithItsPasswordAlone() {
    KeyFile file = new KeyFile("some-key", Sm2.fromSeed("some key"));
    String text = file.print("right".toCharArray(), new SeededRandom("lock"));
    assertThat(text).doesNotContain(file.key().secretHex());
    assertThat(KeyFile.parse("f", text, "right".toCharArray()).key().publicKey())
        .isEqualTo(file.key().publicKey());
    assertThatThrownBy(() -> KeyFile.parse("f", text, "wrong".toCharArray()))
        .hasMessageContaining("does not open with this password");
    assertThatThrownBy(() -> KeyFile.parse("f", text, null))
        .hasMessageContaining("give its password");
  }

  @Test
  void aDirectorySaysWhatIsWrongWithIt() {
    String good = KeyDirectoryFile.print(DemoKeys.directory());
    assertThat(KeyDirectoryFile.print(KeyDirectoryFile.parse("good", good))).isEqualTo(good);
    assertFault(good.replaceFirst("role: ENGINE", "role: KING"), "demo-engine-1", "KING");
    assertFault(
        good.replaceFirst("environment: DEMO", "environment: ''"), "environment", "missing");
    assertFault(good.replaceFirst("demo-officer-1", "demo-engine-1"), "stands twice");
    assertFault(good.replaceFirst("2050-01-01", "2019-01-01"), "empty span");
    assertFault("keys: 7", "no list 'keys'");
    assertFault("keys: [", "not YAML");
    KeyDirectory directory = DemoKeys.directory();
    KeyEntry engine = directory.require(DemoKeys.ENGINE);
    KeyEntry twin =
        new KeyEntry(
            "production-engine",
            engine.owner(),
            engine.role(),
            Environment.PRODUCTION,
            engine.publicKey(),
            engine.validFrom(),
            engine.validTo());
    assertThatThrownBy(() -> directory.with(twin)).hasMessageContaining("the same point");
  }

  private static void assertFault(String text, String... words) {
    assertThatThrownBy(() -> KeyDirectoryFile.parse("keys.yaml", text))
        .isInstanceOf(CryptoException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private static List<Path> committed() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        REPOSITORY,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_COMMITTED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= LARGEST_KEY_FILE) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
