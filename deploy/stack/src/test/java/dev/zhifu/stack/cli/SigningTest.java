package dev.zhifu.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.KeyEntry;
import dev.zhifu.schemas.crypto.KeyFile;
import dev.zhifu.schemas.crypto.KeyRole;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.crypto.Sm2PrivateKey;
import dev.zhifu.stack.broker.LocalAuthority;
import dev.zhifu.stack.lives.PublicationFile;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Who may sign what changes rules and bounds actions. No broker answers at the address given. */
class SigningTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");

  @TempDir private static Path ofClass;
  private static Path authority;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<KeyEntry> entries = new ArrayList<>();

  @BeforeAll
  static void authority() {
    new LocalAuthority(ofClass, "authority");
    authority = ofClass.resolve("authority.pem");
  }

  @BeforeEach
  void keys() throws IOException {
    key("p-author", "wang", KeyRole.RULE_AUTHOR, Environment.PRODUCTION, 1);
    key("p-approver", "li", KeyRole.RULE_APPROVER, Environment.PRODUCTION, 2);
    key("p-officer", "zhao", KeyRole.OFFICER, Environment.PRODUCTION, 3);
    key("d-officer", "zhao", KeyRole.OFFICER, Environment.DRILL, 5);
    key("d-approver", "li", KeyRole.RULE_APPROVER, Environment.DRILL, 4);
    write("directory.yaml", KeyDirectoryFile.print(KeyDirectory.of(entries)));
    write("password", "right\n");
    write("other", "wrong\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules publish T02 --reason x",
        "rules shadow T02 --reason x",
        "rules publish T02 --reason x --into half.json",
        "controls limit T02 --hits 0 --reason x",
        "controls suppress holder h --until 2026-03-02T01:00:00Z --reason x",
        "controls kill --reason x",
        "controls revive --reason x"
      })
  void demoKeysSignNothingElsewhere(String command) {
    assertThat(run(command + there("PRODUCTION"))).isEqualTo(1);
    assertThat(err.toString())
        .contains("DEMO keys, which everybody has, sign nothing in PRODUCTION", "give --");
  }

  @Test
  void onABrokerGivenByAddressTheEnvironmentMustBeSaid() {
    assertThat(
            run("controls kill --reason x --bootstrap 127.0.0.1:9 --registry http://127.0.0.1:9"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--bootstrap needs --environment");
  }

  @Test
  void anAuthorSignsIntoAFileWhichAnApproverCompletes() {
    Path half = folder.resolve("half.json");

    int code =
        run(
            "rules publish T02 --reason emergency --into %s --author-key %s --author-key-password %s"
                    .formatted(half, file("p-author"), file("password"))
                + there("PRODUCTION"));

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).contains("wang signed the text of T02", "zhifu rules complete");
    RulePublication written = PublicationFile.read(half);
    assertThat(written.getKeyId()).as("the approver's signature is still to come").isNull();
    assertThat(written.getAuthor()).isEqualTo("wang");

    assertThat(run("rules complete --look " + half)).isZero();
    assertThat(out.toString()).contains("written by wang (key p-author): emergency", "id: T02");

    RulePublication whole =
        Signatures.sign(
            RulePublication.newBuilder(written).setApprover("li").setEffectiveFrom(FROM).build(),
            KeyFile.read(file("p-approver"), "right".toCharArray())
                .signer(KeyDirectory.of(entries)));
    assertThat(new Signatures(KeyDirectory.of(entries), Environment.PRODUCTION).verify(whole, FROM))
        .as("what the gate says once both have signed")
        .matches(SignatureCheck::holds);
  }

  @Test
  void aTextThatWasChangedOnItsWayIsNotCompleted() throws IOException {
    Path half = folder.resolve("half.json");
    run(
        "rules publish T02 --reason x --into %s --author-key %s --author-key-password %s"
                .formatted(half, file("p-author"), file("password"))
            + there("PRODUCTION"));
    Files.writeString(half, Files.readString(half).replace("default: 5000", "default: 5"));

    assertThat(run("rules complete " + half + there("PRODUCTION"))).isEqualTo(1);
    assertThat(err.toString()).contains("another rule text than its author signed; ask wang");
  }

  @Test
  void onePersonDoesNotSignTwice() {
    assertThat(
            run(
                "rules publish T02 --reason x --from 2026-03-02T01:00:00Z --author-key %1$s --author-key-password %2$s"
                        .formatted(file("p-approver"), file("password"))
                    + " --approver-key %1$s --approver-key-password %2$s"
                        .formatted(file("p-approver"), file("password"))
                    + there("PRODUCTION")))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("nothing is published: li wrote and approved rule T02: another person approves");
  }

  @Test
  void aKeyOfAnotherEnvironmentCountsNot() {
    assertThat(
            run(
                "rules withdraw T02 --reason x --approver-key %s --approver-key-password %s"
                        .formatted(file("d-approver"), file("password"))
                    + there("PRODUCTION")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("key d-approver of environment DRILL", "PRODUCTION count");
  }

  @Test
  void aKeyIsItsOwnersAlone() {
    assertThat(
            run(
                "controls kill --reason x --by qian --key %s --key-password %s"
                        .formatted(file("p-officer"), file("password"))
                    + there("PRODUCTION")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("the key of zhao; qian was named");
  }

  @Test
  void onlyAHeadRevives() {
    assertThat(
            run(
                "controls revive --reason x --key %s --key-password %s"
                        .formatted(file("p-officer"), file("password"))
                    + there("PRODUCTION")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("zhao's key p-officer has role OFFICER", "authorising");
  }

  @Test
  void aLockedKeyNeedsItsPassword() {
    String kill = "controls kill --reason x --key " + file("p-officer");
    assertThat(run(kill + " --key-password " + file("other") + there("PRODUCTION"))).isEqualTo(1);
    assertThat(err.toString()).contains("does not open with this password");
    assertThat(run(kill + there("PRODUCTION"))).isEqualTo(1);
    assertThat(err.toString())
        .contains("is locked and there is no terminal", "--key-password FILE");
  }

  @Test
  void outsideOfDemoNothingIsWrittenInTheClear() {
    String kill =
        "controls kill --reason x --key %s --key-password %s --keys %s --environment DRILL"
            .formatted(file("d-officer"), file("password"), file("directory.yaml"));
    assertThat(run(kill + " --bootstrap 127.0.0.1:9 --registry http://127.0.0.1:9")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "--truststore is empty; in DRILL no order travels in the clear: give the PEM file",
            "--user is empty; in DRILL a broker knows who reads and writes",
            "--registry is 'http://127.0.0.1:9'; in DRILL");
  }

  private String there(String environment) {
    return " --bootstrap 127.0.0.1:9 --registry https://127.0.0.1:9 --truststore "
        + authority
        + " --user zhang --password-file "
        + file("password")
        + " --environment "
        + environment
        + " --keys "
        + file("directory.yaml");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void key(String keyId, String owner, KeyRole role, Environment environment, int secret)
      throws IOException {
    Sm2PrivateKey key = Sm2PrivateKey.ofHex("%064x".formatted(secret));
    entries.add(new KeyEntry(keyId, owner, role, environment, key.publicKey(), FROM, TO));
    write(keyId, new KeyFile(keyId, key).print("right".toCharArray(), new SecureRandom()));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  private int run(String command) {
    CommandLine line = Zhifu.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(command.split(" "));
  }
}
