package dev.zhifu.schemas.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A private key in a file: JSON with the key's id and either the key itself or the key locked with
 * a password (PBKDF2 with HMAC-SM3, then SM4-GCM). What the key may do, and its environment, stand
 * in the key directory alone.
 *
 * @param keyId id of the key
 * @param key the private key, open
 */
public record KeyFile(String keyId, Sm2PrivateKey key) {
  private static final String FORMAT = "zhifu-key-1";
  private static final int ROUNDS = 100_000;
  private static final int SALT_BYTES = 16;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Reads a key file.
   *
   * @param password opens a locked key; null for a key that is not locked
   * @throws CryptoException if the file cannot be read, or the password does not open it
   */
  public static KeyFile read(Path file, char[] password) {
    try {
      return parse(file.toString(), Files.readString(file), password);
    } catch (IOException e) {
      throw new CryptoException("Key file " + file + " cannot be read", e);
    }
  }

  /** As {@link #read}, from the file's text; errors call it {@code name}. */
  public static KeyFile parse(String name, String text, char[] password) {
    JsonNode root = json(name, text);
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new CryptoException("Key file " + name + " is not of format " + FORMAT);
    }
    String keyId = root.path("keyId").asText();
    JsonNode locked = root.path("locked");
    if (locked.isMissingNode()) {
      return new KeyFile(keyId, Sm2PrivateKey.ofHex(root.path("privateKey").asText()));
    }
    if (password == null) {
      throw new CryptoException("Key file " + name + " is locked: give its password");
    }
    return new KeyFile(keyId, unlock(name, keyId, locked, password));
  }

  /**
   * True when a password opens the key in {@code file}.
   *
   * @throws CryptoException if the file cannot be read
   */
  public static boolean isLocked(Path file) {
    try {
      return json(file.toString(), Files.readString(file)).has("locked");
    } catch (IOException e) {
      throw new CryptoException("Key file " + file + " cannot be read", e);
    }
  }

  /** The text of a file that holds this key unlocked. */
  public String print() {
    return render(header().put("privateKey", key.secretHex()));
  }

  /** The text of a file that holds this key locked with {@code password}. */
  public String print(char[] password, SecureRandom random) {
    byte[] salt = randomBytes(random, SALT_BYTES);
    byte[] nonce = randomBytes(random, Sm4.NONCE_BYTES);
    byte[] cipher =
        Sm4.seal(
            lockKey(password, salt, ROUNDS),
            nonce,
            keyId.getBytes(StandardCharsets.UTF_8),
            HEX.parseHex(key.secretHex()));
    ObjectNode root = header();
    root.putObject("locked")
        .put("kdf", "PBKDF2-HMAC-SM3")
        .put("rounds", ROUNDS)
        .put("salt", HEX.formatHex(salt))
        .put("nonce", HEX.formatHex(nonce))
        .put("cipher", HEX.formatHex(cipher));
    return render(root);
  }

  /**
   * A signer with this key.
   *
   * @throws CryptoException if the directory does not list it, or lists another key under its id
   */
  public KeySigner signer(KeyDirectory directory) {
    return new KeySigner(directory.require(keyId), key);
  }

  private ObjectNode header() {
    return JSON.createObjectNode()
        .put("format", FORMAT)
        .put("keyId", keyId)
        .put("publicKey", key.publicKey().hex());
  }

  private static Sm2PrivateKey unlock(String name, String keyId, JsonNode locked, char[] password) {
    byte[] lock =
        lockKey(
            password, HEX.parseHex(locked.path("salt").asText()), locked.path("rounds").asInt());
    try {
      byte[] secret =
          Sm4.open(
              lock,
              HEX.parseHex(locked.path("nonce").asText()),
              keyId.getBytes(StandardCharsets.UTF_8),
              HEX.parseHex(locked.path("cipher").asText()));
      return Sm2PrivateKey.ofHex(HEX.formatHex(secret));
    } catch (CryptoException e) {
      throw new CryptoException("Key file " + name + " does not open with this password", e);
    }
  }

  private static byte[] lockKey(char[] password, byte[] salt, int rounds) {
    byte[] secret = PKCS5S2ParametersGenerator.PKCS5PasswordToUTF8Bytes(password);
    PKCS5S2ParametersGenerator kdf = new PKCS5S2ParametersGenerator(new SM3Digest());
    kdf.init(secret, salt, rounds);
    return ((KeyParameter) kdf.generateDerivedParameters(Sm4.KEY_BYTES * 8)).getKey();
  }

  private static byte[] randomBytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static JsonNode json(String name, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CryptoException("Key file " + name + " is not JSON", e);
    }
  }

  private static String render(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
