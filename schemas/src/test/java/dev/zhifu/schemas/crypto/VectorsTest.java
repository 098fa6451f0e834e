package dev.zhifu.schemas.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.Environment;
import dev.zhifu.wire.StandingAuthorisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published vectors: as their generator makes them, judged alike by {@link OrderVerifier} and
 * by OpenSSL's SM2 in a shell script that shares no class with it.
 */
class VectorsTest {
  private static final Path FOLDER = Path.of("vectors");
  private static final String INSTALL =
      "The second implementation needs bash and OpenSSL 3 with SM2: apt-get install openssl"
          + " (Debian, Ubuntu), dnf install openssl (Fedora, openEuler), brew install openssl@3"
          + " (macOS; put its bin folder first in PATH)";

  @Test
  void theCommittedFilesAreWhatTheGeneratorMakes() throws IOException {
    if (Boolean.getBoolean("vectors.write")) {
      VectorWriter.main(new String[] {FOLDER.toString()});
    }
    for (Map.Entry<String, String> file : new VectorWriter().files().entrySet()) {
      assertThat(FOLDER.resolve(file.getKey()))
          .as("regenerate with -Dtest=VectorsTest -Dvectors.write=true")
          .hasContent(file.getValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> theVerifierFindsWhatTheVectorsExpect() {
    List<Path> files = orders();
    assertThat(files).hasSizeGreaterThanOrEqualTo(29);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> judge(file)));
  }

  @Test
  void opensslFindsTheSame() throws Exception {
    Run run = runScript(FOLDER);
    System.out.println(run.output());
    assertThat(run.exit()).as(INSTALL + "\n" + run.output()).isZero();
    assertThat(run.output()).contains(orders().size() + " vectors, 0 differ");
  }

  @Test
  void opensslDiffersOnceAVectorLies(@TempDir Path copy) throws Exception {
    for (String needed : List.of("keys.tsv", "schema-fingerprint.txt")) {
      Files.copy(FOLDER.resolve(needed), copy.resolve(needed));
    }
    Path good = FOLDER.resolve("orders/good-officer.json");
    Vector forged = read(FOLDER.resolve("orders/forged-officer.json"));
    Files.createDirectories(copy.resolve("orders"));
    Files.writeString(
        copy.resolve("orders/good-officer.json"),
        Files.readString(good).replace(read(good).get("signature"), forged.get("signature")));
    Run run = runScript(copy);
    assertThat(run.exit()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("DIFFERS", "good-officer", "1 vectors, 1 differ");
  }

  private static void judge(Path file) {
    Vector vector = read(file);
    OrderVerifier verifier =
        new OrderVerifier(
            DemoKeys.directory(),
            Environment.valueOf(vector.get("bankEnvironment")),
            vector.get("bank"),
            id -> standing(vector.get("standing"), id),
            id -> Optional.of(vector.get("answeredPayloadSha256")).filter(s -> !s.isEmpty()));
    OrderVerdict verdict =
        verifier.verify(vector.envelope(), Instant.ofEpochMilli(vector.number("nowMs")));
    String found = verdict.accepted() ? VectorWriter.ACCEPTED : verdict.refusal().name();
    assertThat(found).as(verdict.sentence()).isEqualTo(vector.get("expected"));
    assertThat(verdict.sentence()).isNotBlank();
    assertThat(verdict.payloadSha256()).isEqualTo(vector.get("payloadSha256"));
  }

  private static Optional<StandingAuthorisation> standing(String file, String id) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(read(FOLDER.resolve("standing/" + file + ".json")).standing())
        .filter(found -> found.getAuthorisationId().equals(id));
  }

  private static Vector read(Path file) {
    try {
      return Vector.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> orders() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("orders"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Run runScript(Path folder) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("bash", FOLDER.resolve("verify.sh").toString(), folder.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError(INSTALL, e);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private record Run(int exit, String output) {}
}
