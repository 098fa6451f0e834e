package dev.zhifu.stack.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.schemas.audit.AuditFinding;
import dev.zhifu.schemas.audit.AuditVerifier;
import dev.zhifu.schemas.audit.MerkleHeads;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.KeyDirectory;
import dev.zhifu.schemas.crypto.KeyDirectoryFile;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.SubjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit: checked on the topics or on files, copied out, and made up for measuring. */
@Command(
    name = "audit",
    description = "Check the audit's chains and signed roots, on the topics or on files.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class, AuditCommand.Sample.class})
final class AuditCommand implements Runnable {
  private static final int FOUND = 3;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given: verify, export or sample");
  }

  @Command(
      name = "verify",
      description = {
        "Find and locate what was changed, cut off, lost or forked.",
        "Exit code 0: nothing found; 3: something found."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private RulesBroker source;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description = "folder that 'audit export' wrote (default: the topics)")
    private Path dir;

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        description = "key directory (default: that of the demo)")
    private Path keys;

    @Option(
        names = "--environment",
        defaultValue = "DEMO",
        paramLabel = "ENV",
        description = "environment whose engine keys count (default: ${DEFAULT-VALUE})")
    private Environment environment;

    @Option(
        names = "--most",
        defaultValue = "20",
        paramLabel = "N",
        description = "how many findings are printed (default: ${DEFAULT-VALUE})")
    private int most;

    @Option(
        names = "--threads",
        paramLabel = "T",
        description = "that check; what is found is the same on any number (default: one a core)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
      atLeastOneThread(spec, threads);
      KeyDirectory directory = keys == null ? DemoKeys.directory() : KeyDirectoryFile.read(keys);
      Checked checked = check(directory, environment, threads, this::read);
      print(checked);
      return checked.findings().isEmpty() ? 0 : FOUND;
    }

    private void read(AuditVerifier verifier) {
      if (dir == null) {
        try (TopicReader reader = source.reader("auditor")) {
          new AuditTopics(reader).read(verifier::entry, verifier::root);
        }
      } else {
        readFolder(dir, verifier);
      }
    }

    private void print(Checked checked) {
      AuditVerifier verifier = checked.verifier();
      List<AuditFinding> findings = checked.findings();
      PrintWriter out = spec.commandLine().getOut();
      findings.stream().limit(most).forEach(out::println);
      out.printf(
          "%,d entries in %,d chains under %,d roots checked in %.1f s (%.1f s of CPU): %s; %,d entries wait for a root%n",
          verifier.entries(),
          verifier.chains(),
          verifier.roots(),
          checked.seconds(),
          checked.cpuSeconds(),
          findings.isEmpty() ? "nothing found" : findings.size() + " findings",
          verifier.uncovered());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("entries", verifier.entries());
      result.put("chains", verifier.chains());
      result.put("roots", verifier.roots());
      result.put("uncovered", verifier.uncovered());
      result.put("seconds", checked.seconds());
      result.put("cpuSeconds", checked.cpuSeconds());
      result.put("findings", findings.stream().map(AuditFinding::toString).toList());
      json.write(result);
    }
  }

  /**
   * What a check showed.
   *
   * @param verifier has read everything
   * @param findings what is wrong, in order of chain and place
   * @param seconds from before the first record was read to the last finding
   * @param cpuSeconds of this process meanwhile, its collections of garbage among them
   */
  record Checked(
      AuditVerifier verifier, List<AuditFinding> findings, double seconds, double cpuSeconds) {}

  /**
   * Checks an audit, timed with reading and the keys.
   *
   * @param directory keys
   * @param environment whose engine keys count
   * @param threads that check
   * @param reading shows the verifier every entry and every root
   */
  static Checked check(
      KeyDirectory directory,
      Environment environment,
      int threads,
      Consumer<AuditVerifier> reading) {
    // A duration shown to a person: the one place here that reads the machine's clock.
    long started = System.nanoTime();
    long cpu = cpuNanos();
    Signatures signatures = new Signatures(directory, environment);
    AuditVerifier verifier =
        new AuditVerifier(root -> signatures.verify(root, root.getTickAt()), threads);
    reading.accept(verifier);
    List<AuditFinding> findings = verifier.findings();
    return new Checked(
        verifier, findings, (System.nanoTime() - started) / 1e9, (cpuNanos() - cpu) / 1e9);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  static void atLeastOneThread(CommandSpec spec, int threads) {
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads is " + threads + "; it must be at least 1");
    }
  }

  /** Shows the verifier what {@code export} or {@code sample} wrote. */
  static void readFolder(Path dir, AuditVerifier verifier) {
    read(file(dir, AuditTopics.ENTRIES), AuditEntry.class, verifier::entries, verifier::finish);
    read(file(dir, AuditTopics.ROOTS), AuditRoot.class, verifier::roots, verifier::finish);
  }

  @Command(
      name = "export",
      description = "Copy the audit's topics into a folder.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @Mixin private RulesBroker source;
    @Spec private CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "an empty folder")
    private Path dir;

    @Override
    public Integer call() throws IOException {
      Files.createDirectories(dir);
      long[] written = new long[2];
      try (TopicReader reader = source.reader("auditor");
          DataFileWriter<AuditEntry> entries =
              writer(file(dir, AuditTopics.ENTRIES), AuditEntry.class);
          DataFileWriter<AuditRoot> roots = writer(file(dir, AuditTopics.ROOTS), AuditRoot.class)) {
        new AuditTopics(reader)
            .read(
                entry -> written[0] += append(entries, entry),
                root -> written[1] += append(roots, root));
      }
      spec.commandLine()
          .getOut()
          .printf("%,d entries and %,d roots in %s%n", written[0], written[1], dir);
      return 0;
    }
  }

  @Command(
      name = "sample",
      description =
          "Make up an audit in a folder, signed with the demo's engine key, to measure by.",
      mixinStandardHelpOptions = true)
  static final class Sample implements Callable<Integer> {
    private static final int ENTRIES_A_MINUTE = 1_000;
    private static final int ENTRIES_A_CHAIN = 50;

    @Spec private CommandSpec spec;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "an empty folder")
    private Path dir;

    @Option(
        names = "--entries",
        defaultValue = "1000000",
        paramLabel = "N",
        description = "entries (default: ${DEFAULT-VALUE})")
    private int entries;

    @Option(
        names = "--seed",
        defaultValue = "1",
        paramLabel = "N",
        description = "seed (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException {
      if (entries < 1) {
        throw new ParameterException(
            spec.commandLine(), "--entries is " + entries + "; it must be at least 1");
      }
      int chains = write(dir, entries, seed);
      spec.commandLine()
          .getOut()
          .printf("%,d entries in at most %,d chains in %s, seed %d%n", entries, chains, dir, seed);
      return 0;
    }

    /**
     * Writes an audit of the demo's engine: {@value #ENTRIES_A_CHAIN} entries a chain on average, a
     * root after every {@value #ENTRIES_A_MINUTE}.
     *
     * @return the most chains that it can have
     */
    static int write(Path dir, int entries, long seed) throws IOException {
      Files.createDirectories(dir);
      EngineSigner engine = DemoKeys.engine();
      SplittableRandom random = new SplittableRandom(seed);
      int chains = Math.max(1, entries / ENTRIES_A_CHAIN);
      Map<String, ChainHead> heads = new HashMap<>();
      Map<String, ChainHead> changed = new LinkedHashMap<>();
      MerkleHeads tree = new MerkleHeads();
      AuditRoot last = null;
      try (DataFileWriter<AuditEntry> out =
              writer(file(dir, AuditTopics.ENTRIES), AuditEntry.class);
          DataFileWriter<AuditRoot> roots = writer(file(dir, AuditTopics.ROOTS), AuditRoot.class)) {
        for (int i = 1; i <= entries; i++) {
          String chain = "case-" + random.nextInt(chains);
          AuditEntry entry = AuditChain.next(heads.get(chain), transition(chain, i));
          out.append(entry);
          heads.put(chain, AuditChain.headOf(entry));
          changed.put(chain, AuditChain.headOf(entry));
          if (i % ENTRIES_A_MINUTE == 0 || i == entries) {
            tree.putAll(changed.values());
            last = root(last, tree, changed, i, engine);
            roots.append(last);
            changed.clear();
          }
        }
      }
      return chains;
    }

    private static AuditRoot root(
        AuditRoot last,
        MerkleHeads tree,
        Map<String, ChainHead> changed,
        long i,
        EngineSigner engine) {
      AuditRoot draft = new AuditRoot();
      draft.setSequence(last == null ? 1L : last.getSequence() + 1);
      draft.setTickAt(at(i));
      draft.setChanged(new ArrayList<>(changed.values()));
      draft.setChains(tree.size());
      draft.setMerkleRoot(tree.root());
      draft.setPreviousRoot(last == null ? AuditChain.NOTHING : Signatures.hashOf(last));
      return Signatures.sign(draft, engine);
    }

    private static LifeTransition transition(String chain, long i) {
      return LifeTransition.newBuilder()
          .setObjectId(chain)
          .setKind(LifeKind.CASE)
          .setCaseId(chain)
          .setSequence(i)
          .setFromState("ACCEPTED")
          .setState("EMERGENCY")
          .setEvent("LOSS_ENTERED")
          .setRole("DUTY_OFFICER")
          .setActor("officer-1")
          .setReason("reason")
          .setDocuments(List.of("form-" + i, "id-" + i))
          .setAuthorisation("act-" + i)
          .setCause("act-" + i)
          .setTickAt(at(i))
          .setDetail(
              CaseDetail.newBuilder()
                  .setSubjectKind(SubjectKind.HOLDER)
                  .setSubject("holder")
                  .build())
          .build();
    }

    private static Instant at(long i) {
      return Instant.parse("2026-06-01T02:00:00Z").plusMillis(i * 60);
    }
  }

  private static Path file(Path dir, String topic) {
    return dir.resolve(topic + ".avro");
  }

  private static <T extends SpecificRecord> DataFileWriter<T> writer(Path file, Class<T> type)
      throws IOException {
    DataFileWriter<T> writer = new DataFileWriter<>(new SpecificDatumWriter<>(type));
    writer.setCodec(CodecFactory.deflateCodec(1));
    return writer.create(
        org.apache.avro.specific.SpecificData.get().getSchema(type), file.toFile());
  }

  private static <T extends SpecificRecord> int append(DataFileWriter<T> writer, T record) {
    try {
      writer.append(record);
      return 1;
    } catch (IOException e) {
      throw new StackException("the audit cannot be written: " + e.getMessage());
    }
  }

  /**
   * Reads a file block by block; whoever takes the blocks parses them, on whatever thread.
   *
   * @param finish waits for what was taken: of several faults the first in the file is told
   */
  private static <T extends SpecificRecord> void read(
      Path file, Class<T> type, Consumer<Supplier<List<T>>> sink, Runnable finish) {
    if (!Files.isRegularFile(file)) {
      throw new StackException(file + " is not there; 'zhifu audit export --dir' writes it");
    }
    try (DataFileReader<T> reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(type))) {
      Schema written = reader.getSchema();
      try {
        while (reader.hasNext()) {
          // The reader uses the memory of a block again.
          ByteBuffer block = reader.nextBlock();
          byte[] bytes = new byte[block.remaining()];
          block.get(bytes);
          long records = reader.getBlockCount();
          sink.accept(() -> parse(bytes, records, written, type));
        }
      } catch (IOException | RuntimeException e) {
        finish.run();
        throw e;
      }
      finish.run();
    } catch (IOException | RuntimeException e) {
      throw new StackException(
          file + " cannot be read as " + type.getSimpleName() + ": " + e.getMessage());
    }
  }

  private static <T extends SpecificRecord> List<T> parse(
      byte[] block, long records, Schema written, Class<T> type) {
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(type);
    reader.setSchema(written);
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(block, null);
    List<T> parsed = new ArrayList<>();
    try {
      for (long i = 0; i < records; i++) {
        parsed.add(reader.read(null, decoder));
      }
      if (!decoder.isEnd()) {
        throw new IOException("a block holds more than the " + records + " records that it says");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return parsed;
  }
}
