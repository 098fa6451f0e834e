package dev.zhifu.stack.lives;

import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule file on its way to the engine.
 *
 * @param ruleId the rule
 * @param version its version
 * @param document the file's text
 */
public record RuleText(String ruleId, int version, String document) {
  private static final Pattern ID = Pattern.compile("(?m)^id:\\s*\"?([A-Za-z0-9_-]+)");
  private static final Pattern VERSION = Pattern.compile("(?m)^version:\\s*(\\d+)");

  /**
   * Reads a rule file.
   *
   * @param file {@code rule.yaml}, or the folder that holds it
   */
  public static RuleText read(Path file) {
    Path yaml = Files.isDirectory(file) ? file.resolve("rule.yaml") : file;
    try {
      return of(yaml.toString(), Files.readString(yaml));
    } catch (IOException e) {
      throw new StackException("rule file " + yaml + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A rule's text, which need not be without faults. */
  public static RuleText of(String name, String document) {
    return new RuleText(
        find(ID, name, document, "id"),
        Integer.parseInt(find(VERSION, name, document, "version")),
        document);
  }

  private static String find(Pattern pattern, String name, String document, String field) {
    Matcher matcher = pattern.matcher(document);
    if (!matcher.find()) {
      throw new StackException(name + " has no line '" + field + ": …'; every rule file has one");
    }
    return matcher.group(1);
  }

  /** The same text under another version number. */
  public RuleText as(int newVersion) {
    return new RuleText(
        ruleId, newVersion, VERSION.matcher(document).replaceFirst("version: " + newVersion));
  }

  /**
   * Checks the text as the engine will.
   *
   * @throws StackException naming every fault with file and line
   */
  public RuleText checked() {
    RuleResult result = RuleParser.parse(ruleId + "/rule.yaml", document);
    if (!result.ok()) {
      throw new StackException(
          "the rule cannot be published:\n"
              + result.problems().stream()
                  .map(RuleProblem::toString)
                  .collect(Collectors.joining("\n")));
    }
    return this;
  }
}
