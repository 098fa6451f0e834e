package dev.zhifu.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What an XLSX file says. */
public final class SheetText {
  private SheetText() {}

  /** Everything in it, as one text. */
  public static String of(byte[] xlsx) throws IOException {
    Path file = Files.createTempFile("sheet", ".xlsx");
    Files.write(file, xlsx);
    StringBuilder text = new StringBuilder();
    try (ZipFile in = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        text.append(new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(file);
    }
    // The file spells what is not ASCII as references.
    return Pattern.compile("&#x([0-9a-f]+);")
        .matcher(text)
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
  }
}
