package dev.zhifu.schemas.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The DEMO keys of this repository, private ones included: worth nothing, since everybody has them.
 * Every bank of another environment refuses what they sign. Officers' files are locked with {@link
 * #PASSWORD}, so that the demo walks the same way as a real desk.
 */
public final class DemoKeys {
  /** Key id of the engine. */
  public static final String ENGINE = "demo-engine-1";

  /** Officer id of the first of four duty officers: officer-1 to officer-4. */
  public static final String FIRST_OFFICER = "officer-1";

  /** Officer id of the authorising officer. */
  public static final String AUTHORISER = "head-1";

  /** Officer id of the head at city level. */
  public static final String CITY_HEAD = "head-city-1";

  /** Officer id of the person of the legal office. */
  public static final String LEGAL = "legal-1";

  /** Who writes rules. */
  public static final String AUTHOR = "author-1";

  /** Who approves rule publications. */
  public static final String APPROVER = "approver-1";

  /** Password of the officers' key files. */
  public static final String PASSWORD = "demo";

  private static final String FOLDER = "/keys/demo/";

  /** Unlocking a file costs a tenth of a CPU second by design; a person unlocks it once. */
  private static final Map<String, KeySigner> UNLOCKED = new ConcurrentHashMap<>();

  private DemoKeys() {}

  /** The key directory of the demo: DEMO keys only. */
  public static KeyDirectory directory() {
    return KeyDirectoryFile.parse("demo", text("directory.yaml"));
  }

  /** The engine's signer. */
  public static EngineSigner engine() {
    return EngineSigner.of(file(ENGINE), directory());
  }

  /**
   * The signer of a person: officer-1 to officer-4, head-1, head-city-1, legal-1, author-1 or
   * approver-1. The key is unlocked once a process, as a desk unlocks its officer's key once a
   * session.
   */
  public static KeySigner person(String personId) {
    return UNLOCKED.computeIfAbsent(personId, id -> file("demo-" + id).signer(directory()));
  }

  /** The key that opens the ciphertexts addressed to a bank, B01 to B12. */
  public static KeyFile bank(String code) {
    return file("demo-bank-" + code);
  }

  /** One key file by key id. */
  public static KeyFile file(String keyId) {
    String name = keyId + ".json";
    return KeyFile.parse(name, text(name), PASSWORD.toCharArray());
  }

  /** The text of one file of the demo's key folder, for the stack to copy out. */
  public static String text(String name) {
    try (InputStream in = DemoKeys.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new CryptoException("There is no demo key file " + name + " in " + FOLDER);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CryptoException("Demo key file " + name + " cannot be read", e);
    }
  }
}
