package dev.zhifu.bench;

import dev.zhifu.wire.ListEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** List entries in a file: their number, then each one's length and bytes. */
final class Lists {
  private Lists() {}

  static void write(Path file, List<ListEntry> entries) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(entries.size());
      for (ListEntry entry : entries) {
        byte[] bytes = entry.toByteBuffer().array();
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  static List<ListEntry> read(Path file) throws IOException {
    List<ListEntry> entries = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int left = in.readInt(); left > 0; left--) {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        entries.add(ListEntry.fromByteBuffer(ByteBuffer.wrap(bytes)));
      }
    }
    return entries;
  }
}
