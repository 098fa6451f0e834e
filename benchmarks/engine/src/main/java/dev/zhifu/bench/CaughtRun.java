package dev.zhifu.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.workload.City;
import dev.zhifu.workload.CitySettings;
import dev.zhifu.workload.HashIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One city through the whole job in this JVM, and what it came to.
 *
 * <p>Arguments: set (A or B), density (dense, or prevalence: as many frauds as outside), residents,
 * days, seed, catalogue, work (folder), out (file).
 */
public final class CaughtRun {
  private static final int CACHE = 50_000;

  private CaughtRun() {}

  /** Runs it; see the class. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    CitySettings city =
        CitySettings.ofSet(settings.text("set"))
            .withResidents((int) settings.number("residents", 30_000))
            .withDays((int) settings.number("days", 1))
            .withSeed(settings.number("seed", 1));
    CaughtFigures figures =
        figures(
            settings.text("density", "dense").equals("prevalence") ? city.atPrevalence() : city,
            settings.path("catalogue"),
            Files.createDirectories(settings.path("work")));
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(settings.path("out").toFile(), figures);
    System.exit(0);
  }

  private static CaughtFigures figures(CitySettings settings, Path catalogue, Path work)
      throws Exception {
    City city = new City(settings, new Marked());
    Pipeline.Plan plan =
        new Pipeline.Plan(
            RuleCopies.of(catalogue, RuleCopies.count(catalogue)),
            List.of(),
            city.lists(),
            settings.startMs(),
            0,
            CACHE);
    try (CaughtFindings findings = CaughtFindings.start(city, ScoreSettings.defaults())) {
      CaughtJob.run(findings, plan, work);
      return CaughtFigures.of(settings, findings);
    }
  }

  /**
   * Tokens by hash, and one mark in place of every ciphertext: orders are signed here and opened by
   * nobody.
   */
  private static final class Marked extends HashIdentity {
    private static final ByteBuffer MARK =
        ByteBuffer.wrap("sealed".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

    @Override
    public ByteBuffer cipher(String bank, String token, String name, String number) {
      return MARK.duplicate();
    }
  }
}
