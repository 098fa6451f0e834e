package dev.zhifu.stack.registry;

import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.SchemaRegistry;
import dev.zhifu.schemas.wire.Subjects;
import dev.zhifu.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/**
 * Registers this build's subjects, and says which are missing. Registering twice changes nothing.
 */
public final class SubjectSetup {
  private SubjectSetup() {}

  /**
   * Registers every subject's current schema and sets its compatibility.
   *
   * @return subjects, in order
   * @throws StackException when the registry refuses a schema as incompatible with an older version
   */
  public static List<String> register(String registryUrl) {
    List<String> done = new ArrayList<>();
    try (SchemaRegistry registry = SchemaRegistry.at(new RegistrySettings(registryUrl))) {
      for (String subject : Subjects.all()) {
        if (registry.register(subject, Subjects.schemaOf(subject)).isEmpty()) {
          throw new StackException(
              "the registry refuses the schema of subject "
                  + subject
                  + ": it is not "
                  + SchemaRegistry.COMPATIBILITY
                  + " with its earlier versions");
        }
        registry.requireCompatibility(subject);
        done.add(subject);
      }
    }
    return done;
  }

  /** What is not as this build says, one sentence each; empty when all is. */
  public static List<String> differences(String registryUrl) {
    List<String> found = new ArrayList<>();
    try (SchemaRegistry registry = SchemaRegistry.at(new RegistrySettings(registryUrl))) {
      for (String subject : Subjects.all()) {
        if (registry.idOf(subject, Subjects.schemaOf(subject)).isEmpty()) {
          found.add("subject " + subject + " does not have this build's schema");
        } else if (!registry
            .compatibilityOf(subject)
            .filter(SchemaRegistry.COMPATIBILITY::equals)
            .isPresent()) {
          found.add("subject " + subject + " is not set to " + SchemaRegistry.COMPATIBILITY);
        }
      }
    }
    return found;
  }
}
