package dev.zhifu.stack.cli;

import static dev.zhifu.stack.cli.Commands.require;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where RocksDB's files at work lie while something is measured (ADR-0131). */
final class WorkingOption {
  @Option(
      names = "--working",
      defaultValue = "memory",
      paramLabel = "WHERE",
      description =
          "RocksDB's files at work: memory (where /dev/shm has 4 GiB free), or disk (default: ${DEFAULT-VALUE})")
  private String working;

  boolean inMemory(CommandSpec spec) {
    require(
        spec, List.of("memory", "disk").contains(working), "--working", working, "memory or disk");
    return working.equals("memory");
  }
}
