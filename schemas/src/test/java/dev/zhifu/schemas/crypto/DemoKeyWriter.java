package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the files of {@code schemas/src/main/resources/keys/demo} from fixed seeds. */
final class DemoKeyWriter {
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2050-01-01T00:00:00Z");
  private static final int OFFICERS = 4;
  private static final int BANKS = 12;

  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<KeyEntry> entries = new ArrayList<>();

  /** Writes all files into the folder given. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> file : new DemoKeyWriter().files().entrySet()) {
      Files.writeString(Path.of(args[0]).resolve(file.getKey()), file.getValue());
    }
  }

  /** File name to text. */
  Map<String, String> files() {
    open(DemoKeys.ENGINE, "engine", KeyRole.ENGINE);
    for (int officer = 1; officer <= OFFICERS; officer++) {
      locked("officer-" + officer, KeyRole.OFFICER);
    }
    locked(DemoKeys.AUTHORISER, KeyRole.AUTHORISING_OFFICER);
    locked(DemoKeys.CITY_HEAD, KeyRole.CITY_HEAD);
    locked(DemoKeys.LEGAL, KeyRole.LEGAL_REVIEWER);
    locked(DemoKeys.AUTHOR, KeyRole.RULE_AUTHOR);
    locked(DemoKeys.APPROVER, KeyRole.RULE_APPROVER);
    for (int bank = 1; bank <= BANKS; bank++) {
      String code = String.format("B%02d", bank);
      open("demo-bank-" + code, code, KeyRole.BANK_ENCRYPTION);
    }
    files.put("directory.yaml", KeyDirectoryFile.print(KeyDirectory.of(entries)));
    return files;
  }

  private void open(String keyId, String owner, KeyRole role) {
    files.put(keyId + ".json", list(keyId, owner, role).print());
  }

  private void locked(String person, KeyRole role) {
    String keyId = "demo-" + person;
    String text =
        list(keyId, person, role)
            .print(DemoKeys.PASSWORD.toCharArray(), new SeededRandom("lock of " + keyId));
    files.put(keyId + ".json", text);
  }

  private KeyFile list(String keyId, String owner, KeyRole role) {
    Sm2PrivateKey key = Sm2.fromSeed(keyId);
    entries.add(new KeyEntry(keyId, owner, role, Environment.DEMO, key.publicKey(), FROM, TO));
    return new KeyFile(keyId, key);
  }
}
