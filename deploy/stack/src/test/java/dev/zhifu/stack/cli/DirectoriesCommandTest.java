package dev.zhifu.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.stack.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesCommandTest {
  private static final Path OURS = Layout.find().home().resolve("deploy/directories");
  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @Test
  void theDirectoriesOfTheCloneAreInOrder() {
    assertThat(check()).isZero();
    assertThat(out.toString()).contains("every entry is reached at every hour");
  }

  @Test
  void faultsOfBothFilesAreNamedWithFileEntryRuleAndWayOut() throws IOException {
    Path institutions = copy("institutions.yaml", "    standby: {phone: \"0000-10000004\"}\n", "");
    Path dispatch = copy("dispatch.yaml", "parent: town-1", "parent: gone");
    Path json = folder.resolve("problems.json");
    assertThat(check("--institutions=" + institutions, "--dispatch=" + dispatch, "--json=" + json))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains(
            institutions
                + ": institution P01 answers only part of the day and names no standby; enter one")
        .contains(dispatch + ": contact grid-1 names parent 'gone', who is not there")
        .contains("2 problem(s)");
    assertThat(Files.readString(json)).contains("institution P01");
  }

  @Test
  void aFileThatIsNotThereIsAWrongArgument() {
    assertThat(check("--institutions=" + folder.resolve("none.yaml"))).isEqualTo(2);
  }

  private int check(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "directories";
    words[1] = "check";
    System.arraycopy(options, 0, words, 2, options.length);
    return Zhifu.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(words);
  }

  private Path copy(String name, String from, String to) throws IOException {
    String text = Files.readString(OURS.resolve(name));
    assertThat(text).contains(from);
    Path file = folder.resolve(name);
    Files.writeString(file, text.replace(from, to));
    return file;
  }
}
