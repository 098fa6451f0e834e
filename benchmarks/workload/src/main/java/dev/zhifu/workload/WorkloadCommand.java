package dev.zhifu.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a city to files. Exit code 0, or 2 for a wrong argument. */
@Command(
    name = "workload",
    mixinStandardHelpOptions = true,
    description =
        "Lives a simulated city with no engine and writes its streams and its truth to files.")
public final class WorkloadCommand implements Callable<Integer> {
  private static final String JUDGES = "city_judges.txt";

  @Spec private CommandSpec spec;

  @Option(
      names = "--settings",
      description = "parameters file of the form of city.yaml, instead of --set")
  private Path settingsFile;

  @Option(
      names = "--set",
      defaultValue = "A",
      description =
          "parameters shipped: A, or B or C, which are for judging alone; default ${DEFAULT-VALUE}")
  private String set;

  @Option(
      names = "--prevalence",
      description = "as many frauds as outside; instead of --enrichment")
  private boolean prevalence;

  @Option(names = "--residents", description = "number of residents")
  private Integer residents;

  @Option(names = "--days", description = "number of live days")
  private Integer days;

  @Option(names = "--seed", description = "same seed, same city")
  private Long seed;

  @Option(names = "--rate", description = "multiplies ordinary activity")
  private Double rate;

  @Option(names = "--enrichment", description = "multiplies the number of fraud stories")
  private Double enrichment;

  @Option(
      names = "--disorder",
      defaultValue = "0",
      description = "multiplies transport delays; default ${DEFAULT-VALUE}: sorted files")
  private double disorder;

  @Option(
      names = "--duplicates",
      defaultValue = "0",
      description = "share delivered twice; default ${DEFAULT-VALUE}")
  private double duplicates;

  @Option(
      names = "--lateness",
      defaultValue = "0",
      description = "share delivered very late; default ${DEFAULT-VALUE}")
  private double lateness;

  @Option(
      names = "--history",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "write the days before, too; default ${DEFAULT-VALUE}")
  private boolean history;

  @Option(
      names = "--from",
      defaultValue = "0",
      description =
          "hour of the first day from which events are wanted; the city lives up to it in silence")
  private int fromHour;

  @Option(
      names = "--minutes",
      defaultValue = "0",
      description = "city minutes to live from there; default: to the end of the last day")
  private int minutes;

  @Option(
      names = "--out",
      description = "folder for the files; without it events are counted and dropped")
  private Path out;

  @Option(names = "--json", description = "summary as JSON")
  private Path json;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WorkloadCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    CitySettings settings = settings();
    RunMeter meter = new RunMeter(spec.commandLine().getErr());
    City city = new City(settings, new HashIdentity());
    meter.built(settings);
    if (out == null) {
      live(city, EventSink.NONE, meter);
    } else {
      mark(settings);
      try (FileSink sink = new FileSink(out)) {
        live(city, sink, meter);
        sink.finish(city);
      }
    }
    String summary =
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(city.summary());
    spec.commandLine().getOut().println(summary);
    if (json != null) {
      Files.writeString(json, summary + "\n");
    }
    meter.end();
    return 0;
  }

  /** Calibration looks for this file and refuses the folder. */
  private void mark(CitySettings settings) throws IOException {
    Path mark = Files.createDirectories(out).resolve(JUDGES);
    Files.deleteIfExists(mark);
    if (FinalSeeds.judgesAlone(settings)) {
      Files.writeString(mark, "This city judges; nothing may be tuned on it (ADR 0065).\n");
    }
  }

  private void live(City city, EventSink sink, RunMeter meter) {
    meter.history(city.history(history ? sink : EventSink.NONE));
    Instant from = city.start().plus(Duration.ofHours(fromHour));
    city.skipTo(from);
    meter.begins(city);
    Instant end = minutes == 0 ? city.end() : from.plus(Duration.ofMinutes(minutes));
    while (city.now().isBefore(end) && !city.finished()) {
      Instant next = city.now().plus(Duration.ofHours(1));
      city.advanceTo(next.isBefore(end) ? next : end, sink);
      meter.hour(city);
    }
  }

  private CitySettings settings() {
    try {
      CitySettings settings = settingsFile == null ? CitySettings.ofSet(set) : read(settingsFile);
      settings = settings.withArrival(disorder, duplicates, lateness);
      settings = residents == null ? settings : settings.withResidents(residents);
      settings = days == null ? settings : settings.withDays(days);
      settings = seed == null ? settings : settings.withSeed(seed);
      settings = rate == null ? settings : settings.withRate(rate);
      settings = enrichment == null ? settings : settings.withEnrichment(enrichment);
      return prevalence ? settings.atPrevalence() : settings;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private CitySettings read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CitySettings.read(in);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "Cannot read --settings " + file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
