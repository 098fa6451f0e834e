package dev.zhifu.stack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a result goes as JSON, besides the terminal. */
final class JsonOption {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the result to FILE as JSON too")
  private Path file;

  /** Writes {@code result} if a file was asked for. */
  void write(Object result) {
    if (file == null) {
      return;
    }
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(file, JSON.writeValueAsString(result) + "\n");
    } catch (IOException e) {
      throw new StackException(
          "the result cannot be written to " + file + ": " + e.getMessage(), e);
    }
  }
}
