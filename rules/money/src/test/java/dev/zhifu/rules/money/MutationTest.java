package dev.zhifu.rules.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccountKind;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that the checks can fail: each fault is put into the source, compiled, and looked for by
 * the simulations, which must find it.
 */
class MutationTest {
  private static final long SEED = 20_260_301L;
  private static final Path SOURCES = Path.of("src/main/java/dev/zhifu/rules/money");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "LargestRemainder.java; remainders[i] > remainders[best]; remainders[i] < remainders[best]",
        "Pot.java; rule == Rule.LIFO ? parcels.getLast(); rule != Rule.LIFO ? parcels.getLast()",
        "Pot.java; parcel.total -= left; parcel.total -= 0",
        "LedgerDay.java; known.id().equals(movement.id()); known == movement",
        "History.java; all.removeIf(movement -> undone.contains(movement.id())); all.size()",
        "trace/TraceNode.java; known.revision() >= message.revision(); known.equals(message)",
        "trace/TraceNode.java; boolean said = before.share().isTraced(); boolean said = false",
        "trace/TraceNode.java; if (epoch > 0) {; if (epoch > 99) {",
        "trace/TraceNode.java; fifo[0] -= hop.fifo(); fifo[0] -= 0",
        "trace/TraceNode.java; return End.RETURNED; return End.FOLLOWED",
        "refund/Refunds.java; frozenFen - direct(sorted, paid, frozenFen); frozenFen + 0 * direct(sorted, paid, frozenFen)",
        "refund/RefundRounds.java; gotOf.merge(refund.claim(), refund.fen(), Long::sum); gotOf.size()",
      })
  void aFaultIsFound(String file, String right, String wrong) throws Exception {
    String source = Files.readString(SOURCES.resolve(file));
    assertThat(source).as("the place of the fault in %s", file).contains(right);
    compile(file, source.replace(right, wrong));

    assertThat(isFound()).as("%s: '%s' instead of '%s'", file, wrong, right).isTrue();
  }

  @ParameterizedTest
  @CsvSource("LargestRemainder.java")
  void withoutAFaultNothingIsFound(String file) throws Exception {
    compile(file, Files.readString(SOURCES.resolve(file)));

    assertThat(isFound()).isFalse();
  }

  private void compile(String file, String source) throws IOException {
    Path place = folder.resolve("sources").resolve(file);
    Files.createDirectories(place.getParent());
    Files.writeString(place, source);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                String.join(
                    File.pathSeparator,
                    "target/classes",
                    home(AccountKind.class),
                    home(SpecificRecord.class)),
                place.toString());
    assertThat(code).as("compiling the fault").isZero();
  }

  /** Where a class was loaded from. */
  private static String home(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private boolean isFound() throws Exception {
    URL[] urls = {
      folder.resolve("classes").toUri().toURL(),
      Path.of("target/classes").toUri().toURL(),
      Path.of("target/test-classes").toUri().toURL()
    };
    try (URLClassLoader faulty = new ChildFirst(urls, getClass().getClassLoader())) {
      return fails(faulty, "trace.TraceSimulationTest", "compareWithTwin", 40, SEED)
          || fails(faulty, "trace.TraceSimulationTest", "arriveInAnyOrder", 60, SEED)
          || refundsFail(faulty);
    }
  }

  private static boolean refundsFail(ClassLoader loader) throws Exception {
    for (int i = 0; i < 60; i++) {
      if (fails(loader, "refund.RefundSimulationTest", "play", SEED + i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fails(ClassLoader loader, String test, String method, Object... values)
      throws Exception {
    Class<?> type = loader.loadClass("dev.zhifu.rules.money." + test);
    for (Method candidate : type.getMethods()) {
      if (candidate.getName().equals(method)) {
        try {
          candidate.invoke(null, values);
          return false;
        } catch (InvocationTargetException e) {
          return true;
        }
      }
    }
    throw new IllegalStateException("no method " + method + " in " + test);
  }

  /** Loads the module anew and all else from above. */
  private static final class ChildFirst extends URLClassLoader {
    private ChildFirst(URL[] urls, ClassLoader parent) {
      super(urls, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.zhifu.rules.money.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
