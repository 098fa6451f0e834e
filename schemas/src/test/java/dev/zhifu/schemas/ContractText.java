package dev.zhifu.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The types that the contract files declare, found in their text. */
public final class ContractText {

  private static final Path FOLDER = Path.of("src/main/avro");
  private static final Pattern DECLARATION =
      Pattern.compile("^\\s*(record|enum|fixed|error)\\s+(\\w+)", Pattern.MULTILINE);

  private ContractText() {}

  /** Names of all records and enums in all files, doubles included. */
  public static List<String> typeNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".avdl")).sorted().toList()) {
        Matcher matcher = DECLARATION.matcher(Files.readString(file));
        while (matcher.find()) {
          names.add(matcher.group(2));
        }
      }
    }
    return names;
  }

  /** The generated schema of a declared type. */
  public static Schema schema(String name) {
    try {
      return SpecificData.get().getSchema(Class.forName("dev.zhifu.wire." + name));
    } catch (ClassNotFoundException missing) {
      throw new AssertionError("no class was generated for " + name, missing);
    }
  }
}
