package dev.zhifu.stack.child;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another program's main class and ends the JVM when standard input closes. Standard input is
 * a pipe from the supervisor: the kernel closes it however the supervisor ends, {@code kill -9}
 * included, so no child outlives it. It must not use any other class of ours, because it alone is
 * put on a child's class path.
 *
 * <p>Use: {@code java -cp … dev.zhifu.stack.child.PipeGuard MAIN_CLASS ARGUMENT…}
 */
public final class PipeGuard {
  /** Exit code of a child whose supervisor is gone. */
  public static final int ORPHANED = 86;

  private static final long GRACE_MILLIS = 4_000;

  private PipeGuard() {}

  /**
   * Guards and runs.
   *
   * @param args main class, then its arguments
   * @throws Exception what the program throws
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("PipeGuard: no main class given; give it as the first argument");
      System.exit(2);
    }
    daemon("pipe-guard", () -> awaitClose(System.in));
    run(args[0], Arrays.copyOfRange(args, 1, args.length));
  }

  private static void run(String mainClass, String[] args) throws Exception {
    try {
      Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void awaitClose(InputStream in) {
    byte[] buffer = new byte[64];
    try {
      while (in.read(buffer) >= 0) {
        // the supervisor writes nothing; only the end of the stream counts
      }
    } catch (IOException e) {
      // a broken pipe is an end as well
    }
    end();
  }

  private static void end() {
    // An orderly end first; when shutdown hooks hang, a hard one.
    daemon("pipe-guard-exit", () -> System.exit(ORPHANED));
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
