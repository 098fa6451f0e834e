package dev.zhifu.papers;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a PDF of a paper. The Chinese font comes from the machine, not from us: a free TrueType
 * font that Debian packages; the PDF carries the letters it uses.
 */
public final class PaperPdf {
  /** Font by name in the papers' style sheet. */
  static final String FAMILY = "zhifu-han";

  private static final List<Path> FONTS =
      List.of(
          Path.of("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
          Path.of("/usr/share/fonts/google-droid-sans-fonts/DroidSansFallbackFull.ttf"),
          Path.of("/usr/share/fonts/droid/DroidSansFallbackFull.ttf"),
          Path.of("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"));

  private PaperPdf() {}

  /**
   * The font that papers are set in.
   *
   * @param named font file somebody named; null to look where Debian and Fedora put one
   * @throws IllegalStateException when there is none, saying how to get one
   */
  public static Path font(Path named) {
    if (named != null) {
      if (!Files.isReadable(named)) {
        throw new IllegalStateException(
            "The font "
                + named
                + " cannot be read; name a TrueType file with Chinese letters, or none");
      }
      return named;
    }
    return FONTS.stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No TrueType font with Chinese letters is at "
                        + FONTS
                        + "; a PDF needs one. Install one (Debian: apt-get install"
                        + " fonts-droid-fallback), name a file, or print the HTML page"));
  }

  /**
   * Writes a paper as PDF.
   *
   * @param xhtml the page
   * @param font TrueType font with Chinese letters
   * @throws IOException when it cannot be written
   */
  public static void write(String xhtml, Path font, OutputStream out) throws IOException {
    XRLog.setLoggingEnabled(false);
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFont(font.toFile(), FAMILY, 400, FontStyle.NORMAL, true);
    builder.withHtmlContent(xhtml, null);
    builder.withProducer("Zhifu");
    builder.toStream(out);
    builder.run();
  }
}
