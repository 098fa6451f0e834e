package dev.zhifu.stack.process;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that no other stack takes. They lie below the range the kernel gives to
 * outgoing connections, and each is held by a lock on a file that all stacks of this user share,
 * from before the child binds it until this JVM ends.
 */
public final class Ports implements AutoCloseable {
  private static final int FIRST = 20_000;
  private static final int LAST = 31_999;
  private static final int TRIES = 500;

  private final Path folder;
  private final List<FileChannel> held = new ArrayList<>();

  /** Ports locked in the folder for temporary files of this user. */
  public Ports() {
    this(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "zhifu-ports-" + System.getProperty("user.name")));
  }

  Ports(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes a free port of 127.0.0.1.
   *
   * @throws StackException when none is free
   */
  public synchronized int reserve() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (tryHold(port)) {
        return port;
      }
    }
    throw new StackException(
        "no free port between " + FIRST + " and " + LAST + "; stop what listens there");
  }

  private boolean tryHold(int port) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(port + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel) && isFree(port)) {
        held.add(channel);
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      throw new StackException("ports cannot be reserved in " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    for (FileChannel channel : held) {
      try {
        channel.close();
      } catch (IOException e) {
        // the kernel drops the lock with this JVM
      }
    }
    held.clear();
  }
}
