package dev.zhifu.stack.lives;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.stack.StackException;
import dev.zhifu.wire.RulePublication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A publication on its way from its author to its approver: Avro's JSON, signed by the author
 * alone. It is worth nothing until the approver has signed it too.
 */
public final class PublicationFile {
  private PublicationFile() {}

  /**
   * Writes it.
   *
   * @throws StackException when the file cannot be written
   */
  public static void write(Path file, RulePublication publication) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      JsonEncoder json =
          EncoderFactory.get().jsonEncoder(RulePublication.getClassSchema(), bytes, true);
      new SpecificDatumWriter<RulePublication>(RulePublication.getClassSchema(), model())
          .write(publication, json);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Path absolute = file.toAbsolutePath();
      Files.createDirectories(absolute.getParent());
      Files.writeString(absolute, bytes.toString(StandardCharsets.UTF_8) + "\n");
    } catch (IOException e) {
      throw new StackException("publication file " + file + " cannot be written: " + e, e);
    }
  }

  /**
   * Reads it.
   *
   * @throws StackException when it cannot be read, is no publication, or its document is not the
   *     one that its hash names
   */
  public static RulePublication read(Path file) {
    RulePublication publication;
    try {
      publication =
          new SpecificDatumReader<RulePublication>(
                  RulePublication.getClassSchema(), RulePublication.getClassSchema(), model())
              .read(
                  null,
                  DecoderFactory.get()
                      .jsonDecoder(RulePublication.getClassSchema(), Files.readString(file)));
    } catch (IOException | RuntimeException e) {
      throw new StackException(
          file
              + " is no publication that an author signed, as zhifu rules publish --into writes it: "
              + e,
          e);
    }
    if (!Sha256.hex(publication.getDocument()).equals(publication.getDocumentSha256())) {
      throw new StackException(
          file
              + " holds another rule text than its author signed; ask "
              + publication.getAuthor()
              + " for it anew");
    }
    return publication;
  }

  private static SpecificData model() {
    return SpecificData.getForClass(RulePublication.class);
  }
}
