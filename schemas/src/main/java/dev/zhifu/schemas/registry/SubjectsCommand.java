package dev.zhifu.schemas.registry;

import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.schemas.wire.Subjects;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Registers every subject of the topic table, or says what a registry lacks. Doing it again changes
 * nothing.
 */
public final class SubjectsCommand {

  private SubjectsCommand() {}

  /**
   * Sets BACKWARD_TRANSITIVE for every subject and registers its current schema.
   *
   * @param at the registry
   * @param out receives one line per subject
   * @return schema ids by subject
   * @throws IllegalStateException if the registry refuses a schema; names every one refused
   */
  public static SortedMap<String, Integer> register(RegistrySettings at, PrintStream out) {
    try (SchemaRegistry registry = SchemaRegistry.at(at)) {
      return register(registry, out);
    }
  }

  /**
   * What a registry lacks for this build to run.
   *
   * @param at the registry
   * @return one sentence per problem; empty when it fits
   */
  public static List<String> check(RegistrySettings at) {
    try (SchemaRegistry registry = SchemaRegistry.at(at)) {
      return check(registry);
    }
  }

  /**
   * Whether the registry would accept a schema as the next version of a subject.
   *
   * @param at the registry
   * @param subject a registered subject
   * @param schemaJson Avro schema as JSON
   */
  public static boolean testCompatible(RegistrySettings at, String subject, String schemaJson) {
    try (SchemaRegistry registry = SchemaRegistry.at(at)) {
      return registry.accepts(subject, new Schema.Parser().parse(schemaJson));
    }
  }

  /**
   * Tries to register a schema as the next version of a subject, for tests of the registry's own
   * refusal.
   *
   * @return the id, or empty when the registry refuses it
   */
  public static OptionalInt tryRegister(RegistrySettings at, String subject, String schemaJson) {
    try (SchemaRegistry registry = SchemaRegistry.at(at)) {
      return registry.register(subject, new Schema.Parser().parse(schemaJson));
    }
  }

  static SortedMap<String, Integer> register(SchemaRegistry registry, PrintStream out) {
    SortedMap<String, Integer> ids = new TreeMap<>();
    List<String> refused = new ArrayList<>();
    for (String subject : Subjects.all()) {
      OptionalInt id = register(registry, subject);
      if (id.isEmpty()) {
        refused.add(subject);
        out.printf("%-32s refused: not %s%n", subject, SchemaRegistry.COMPATIBILITY);
      } else {
        ids.put(subject, id.getAsInt());
        out.printf(
            "%-32s id %d, %s, %s%n",
            subject,
            id.getAsInt(),
            Subjects.schemaOf(subject).getName(),
            SchemaRegistry.COMPATIBILITY);
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          "registry "
              + registry.name()
              + " refuses the schemas of "
              + refused
              + " as next versions; it holds versions that these cannot read: give new fields a default, and do not"
              + " change types or names");
    }
    return ids;
  }

  private static OptionalInt register(SchemaRegistry registry, String subject) {
    Schema schema = Subjects.schemaOf(subject);
    // Some registries know no setting of a subject that does not exist; its first version has
    // nothing to break.
    if (registry.versions(subject).isEmpty()) {
      OptionalInt id = registry.register(subject, schema);
      registry.requireCompatibility(subject);
      return id;
    }
    registry.requireCompatibility(subject);
    return registry.register(subject, schema);
  }

  static List<String> check(SchemaRegistry registry) {
    List<String> problems = new ArrayList<>();
    for (String subject : Subjects.all()) {
      if (registry.versions(subject).isEmpty()) {
        problems.add("subject " + subject + " is not registered; run the subjects command");
        continue;
      }
      if (registry.idOf(subject, Subjects.schemaOf(subject)).isEmpty()) {
        problems.add(
            "subject " + subject + " does not hold this build's schema; run the subjects command");
      }
      String level = registry.compatibilityOf(subject).orElse("not set");
      if (!SchemaRegistry.COMPATIBILITY.equals(level)) {
        problems.add(
            "subject "
                + subject
                + " has compatibility "
                + level
                + "; it must be "
                + SchemaRegistry.COMPATIBILITY
                + "; run the subjects command");
      }
    }
    return problems;
  }
}
