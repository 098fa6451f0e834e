package dev.zhifu.stack.cli;

import dev.zhifu.rules.explain.Dossier;
import dev.zhifu.rules.explain.HitProof;
import dev.zhifu.rules.explain.HitWords;
import dev.zhifu.rules.explain.Verdict;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhifu explain}: why a hit is a hit, by making the decision again. */
@Command(
    name = "explain",
    description = {
      "Says why a hit is a hit, and makes the decision again from the rule's text, the evidence and its features alone.",
      "Exit code 0: it came out byte for byte; 1: it did not."
    },
    mixinStandardHelpOptions = true)
final class ExplainHitCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;

  @Mixin private TopicSource source;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "HIT",
      description = "id of a hit of the running stack, or its beginning (8 digits or more)")
  private String id;

  @Option(
      names = "--hit",
      paramLabel = "FILE",
      description = "a dossier instead of a running stack, as --to writes it")
  private Path file;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "write the dossier: hit, events and rule, to be explained anywhere")
  private Path to;

  @Override
  public Integer call() {
    if ((id == null) == (file == null)) {
      throw new ParameterException(spec.commandLine(), "give either the id of a hit or --hit FILE");
    }
    Dossier dossier = file == null ? new HitArchive(source).find(id, spec) : read();
    if (to != null) {
      write(dossier.toJson());
    }
    Verdict verdict = HitProof.of(dossier);
    List<String> words = HitWords.of(dossier, verdict);
    PrintWriter out = spec.commandLine().getOut();
    words.forEach(out::println);
    out.flush();
    json.write(result(dossier, verdict, words));
    return verdict.reproduced() ? 0 : NOT_DONE;
  }

  private Dossier read() {
    try {
      return Dossier.parse(Files.readString(file));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--hit is " + file + ", which cannot be read; name a dossier");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--hit " + file + ": " + e.getMessage());
    }
  }

  private void write(String text) {
    try {
      Files.writeString(to, text);
    } catch (IOException e) {
      throw new StackException("--to " + to + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> result(Dossier dossier, Verdict verdict, List<String> words) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("hitId", dossier.hit().getHitId());
    result.put("rule", dossier.hit().getRuleId());
    result.put("version", dossier.hit().getRuleVersion());
    result.put("reproduced", verdict.reproduced());
    result.put("why", verdict.why());
    result.put("hitSha256", verdict.hitSha256());
    result.put("againSha256", verdict.againSha256());
    result.put("words", words);
    return result;
  }
}
