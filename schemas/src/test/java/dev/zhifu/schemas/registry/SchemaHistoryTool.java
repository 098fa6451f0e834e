package dev.zhifu.schemas.registry;

import dev.zhifu.schemas.wire.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Adds the next version to the committed history of each subject whose schema changed. Never
 * changes one that is there.
 */
final class SchemaHistoryTool {

  static final String COMMAND =
      "mvn -Pfast -pl schemas -am package -Dtest=SchemaHistoryTest -Dhistory.write=true";

  private SchemaHistoryTool() {}

  /**
   * Writes what is missing.
   *
   * @param root the folder {@code history}
   * @return the files written
   */
  static List<Path> write(Path root) throws IOException {
    List<Path> written = new ArrayList<>();
    for (String subject : Subjects.all()) {
      Path folder = root.resolve(subject);
      Files.createDirectories(folder);
      int newest = 0;
      while (Files.exists(folder.resolve("v" + (newest + 1) + ".avsc"))) {
        newest++;
      }
      Schema current = Subjects.schemaOf(subject);
      if (newest > 0 && current.equals(read(folder.resolve("v" + newest + ".avsc")))) {
        continue;
      }
      Path next = folder.resolve("v" + (newest + 1) + ".avsc");
      Files.writeString(next, current.toString(true) + "\n");
      written.add(next);
    }
    return written;
  }

  private static Schema read(Path file) throws IOException {
    return new Schema.Parser().parse(Files.readString(file));
  }
}
