package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.StandingAuthorisation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A standing authorisation as a document: Avro's JSON, one revision a file. So it reaches the
 * banks, which agreed to it in writing; they read no topic but their own, and the signature holds
 * wherever the document travels.
 */
public final class StandingAuthorisationFile {
  private StandingAuthorisationFile() {}

  /** The name under which one revision lies in a bank's folder. */
  public static String nameOf(StandingAuthorisation standing) {
    return standing.getAuthorisationId().replaceAll("[^A-Za-z0-9._-]", "_")
        + "-r"
        + standing.getRevision()
        + ".json";
  }

  /** The text of the document. */
  public static String print(StandingAuthorisation standing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      JsonEncoder json =
          EncoderFactory.get().jsonEncoder(StandingAuthorisation.getClassSchema(), bytes, true);
      new SpecificDatumWriter<StandingAuthorisation>(
              StandingAuthorisation.getClassSchema(), modelOf())
          .write(standing, json);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8) + "\n";
  }

  /**
   * Reads a document.
   *
   * @param name what errors call it
   * @throws CryptoException if it is not one
   */
  public static StandingAuthorisation parse(String name, String text) {
    try {
      return new SpecificDatumReader<StandingAuthorisation>(
              StandingAuthorisation.getClassSchema(),
              StandingAuthorisation.getClassSchema(),
              modelOf())
          .read(
              null, DecoderFactory.get().jsonDecoder(StandingAuthorisation.getClassSchema(), text));
    } catch (IOException | RuntimeException e) {
      throw new CryptoException(name + " is not a standing authorisation: " + e.getMessage(), e);
    }
  }

  private static SpecificData modelOf() {
    return SpecificData.getForClass(StandingAuthorisation.class);
  }
}
