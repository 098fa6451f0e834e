package dev.zhifu.schemas.crypto;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose key is this, what may it do, and of which environment is it. Immutable; read from a YAML
 * file by {@link KeyDirectoryFile}. Whoever runs the engine and whoever runs a bank each hold their
 * own copy: the directory is what trust rests on, and it never travels on a topic.
 */
public final class KeyDirectory {
  private final Map<String, KeyEntry> entries;

  private KeyDirectory(Map<String, KeyEntry> entries) {
    this.entries = entries;
  }

  /**
   * A directory of these keys.
   *
   * @throws CryptoException if two keys share an id, or one public key stands twice: the second
   *     could say another environment
   */
  public static KeyDirectory of(Collection<KeyEntry> keys) {
    Map<String, KeyEntry> byId = new LinkedHashMap<>();
    Map<Sm2PublicKey, String> byPoint = new LinkedHashMap<>();
    for (KeyEntry key : keys) {
      if (byId.put(key.keyId(), key) != null) {
        throw new CryptoException("Key id " + key.keyId() + " stands twice in the directory");
      }
      String twin = byPoint.put(key.publicKey(), key.keyId());
      if (twin != null) {
        throw new CryptoException(
            "Keys " + twin + " and " + key.keyId() + " are the same point; list a key once");
      }
    }
    return new KeyDirectory(byId);
  }

  /** The key with this id. */
  public Optional<KeyEntry> find(String keyId) {
    return Optional.ofNullable(entries.get(keyId));
  }

  /**
   * The key with this id.
   *
   * @throws CryptoException if there is none
   */
  public KeyEntry require(String keyId) {
    return find(keyId)
        .orElseThrow(
            () ->
                new CryptoException(
                    "Key "
                        + keyId
                        + " is not in the key directory; it lists "
                        + String.join(", ", entries.keySet())));
  }

  /** The keys of one role and owner, in the order of the file. */
  public List<KeyEntry> of(KeyRole role, String owner) {
    return entries.values().stream()
        .filter(key -> key.role() == role && key.owner().equals(owner))
        .toList();
  }

  /** All keys, in the order of the file. */
  public Collection<KeyEntry> keys() {
    return entries.values();
  }

  /** This directory and one more key. */
  public KeyDirectory with(KeyEntry key) {
    List<KeyEntry> keys = new ArrayList<>(entries.values());
    keys.add(key);
    return of(keys);
  }
}
