package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads and writes a key directory: YAML, one entry a key, all fields required. */
public final class KeyDirectoryFile {
  private KeyDirectoryFile() {}

  /**
   * Reads the directory at {@code file}.
   *
   * @throws CryptoException if it cannot be read or an entry is wrong; names file, key and field
   */
  public static KeyDirectory read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new CryptoException("Key directory " + file + " cannot be read", e);
    }
  }

  /**
   * Reads a directory from its text.
   *
   * @param name what errors call it
   */
  public static KeyDirectory parse(String name, String text) {
    if (!(load(name, text) instanceof Map<?, ?> root)
        || !(root.get("keys") instanceof List<?> list)) {
      throw new CryptoException("Key directory " + name + " has no list 'keys'");
    }
    List<KeyEntry> keys = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> fields)) {
        throw new CryptoException("Key directory " + name + ": entry '" + item + "' is not a map");
      }
      keys.add(entry(name, fields));
    }
    return KeyDirectory.of(keys);
  }

  /** The text of a directory, as {@link #parse} reads it. */
  public static String print(KeyDirectory directory) {
    StringBuilder text = new StringBuilder("keys:\n");
    for (KeyEntry key : directory.keys()) {
      text.append("  - keyId: ").append(key.keyId()).append('\n');
      text.append("    owner: ").append(key.owner()).append('\n');
      text.append("    role: ").append(key.role()).append('\n');
      text.append("    environment: ").append(key.environment()).append('\n');
      text.append("    validFrom: \"").append(key.validFrom()).append("\"\n");
      text.append("    validTo: \"").append(key.validTo()).append("\"\n");
      text.append("    publicKey: \"").append(key.publicKey().hex()).append("\"\n");
    }
    return text.toString();
  }

  private static Object load(String name, String text) {
    try {
      return new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new CryptoException("Key directory " + name + " is not YAML: " + e.getMessage(), e);
    }
  }

  private static KeyEntry entry(String name, Map<?, ?> fields) {
    String where = "Key directory " + name + ", key " + fields.get("keyId");
    try {
      return new KeyEntry(
          field(where, fields, "keyId"),
          field(where, fields, "owner"),
          KeyRole.valueOf(field(where, fields, "role")),
          Environment.valueOf(field(where, fields, "environment")),
          Sm2PublicKey.ofHex(field(where, fields, "publicKey")),
          Instant.parse(field(where, fields, "validFrom")),
          Instant.parse(field(where, fields, "validTo")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new CryptoException(where + ": " + e.getMessage(), e);
    }
  }

  private static String field(String where, Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value == null || value.toString().isBlank()) {
      throw new CryptoException(where + ": field '" + name + "' is missing");
    }
    return value.toString();
  }
}
