package dev.zhifu.schemas.registry;

import dev.zhifu.schemas.wire.Subjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * The committed versions of each subject's schema ({@code schemas/history}, carried in the jar),
 * and per subject one schema that is bad on purpose.
 */
public final class SchemaHistory {

  private static final String ROOT = "history/";

  private SchemaHistory() {}

  /**
   * Committed versions of a subject, oldest first.
   *
   * @return empty when none is committed
   */
  public static List<Schema> versions(String subject) {
    List<Schema> versions = new ArrayList<>();
    Optional<Schema> next = parse(subject, "v1");
    while (next.isPresent()) {
      versions.add(next.get());
      next = parse(subject, "v" + (versions.size() + 1));
    }
    return versions;
  }

  /**
   * The schema per subject that build and registry must refuse as its next version, as JSON; its
   * doc says what is wrong with it. Sorted by subject.
   *
   * @throws IllegalStateException if a subject has none
   */
  public static SortedMap<String, String> badSchemas() {
    SortedMap<String, String> bad = new TreeMap<>();
    for (String subject : Subjects.all()) {
      bad.put(
          subject,
          read(subject, "bad")
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "schemas/history/"
                              + subject
                              + "/bad.avsc is missing; every subject has a bad schema that the checks refuse")));
    }
    return bad;
  }

  /**
   * Why {@code next} cannot read what was written with {@code earlier} versions.
   *
   * @param next schema that would come next
   * @param earlier every version before it
   * @return one sentence per version and fault; empty when {@code next} is BACKWARD_TRANSITIVE
   *     compatible
   */
  public static List<String> incompatibilities(Schema next, List<Schema> earlier) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < earlier.size(); i++) {
      for (Incompatibility fault :
          SchemaCompatibility.checkReaderWriterCompatibility(next, earlier.get(i))
              .getResult()
              .getIncompatibilities()) {
        found.add(
            "v"
                + (i + 1)
                + ": "
                + fault.getType()
                + " at "
                + fault.getLocation()
                + ": "
                + fault.getMessage());
      }
    }
    return found;
  }

  private static Optional<Schema> parse(String subject, String version) {
    return read(subject, version).map(json -> new Schema.Parser().parse(json));
  }

  private static Optional<String> read(String subject, String version) {
    String path = ROOT + subject + "/" + version + ".avsc";
    try (InputStream in = SchemaHistory.class.getClassLoader().getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
