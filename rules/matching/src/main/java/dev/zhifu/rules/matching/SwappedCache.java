package dev.zhifu.rules.matching;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.shaded.guava33.com.google.common.cache.AbstractCache;

/**
 * Stands where the library has a cache in front of one of its maps and goes straight to the map:
 * ours are in memory already, and filling, flushing and emptying a cache for each event cost more
 * than the map. What the library does not ask of a cache in 2.3 is refused.
 *
 * @param <K> map key
 * @param <V> map value
 */
final class SwappedCache<K, V> extends AbstractCache<K, V> {
  private final SwappedMap<K, V> map;

  /** Nothing is ever left to be flushed. */
  private final ConcurrentMap<K, V> unflushed = new ConcurrentHashMap<>(1);

  SwappedCache(SwappedMap<K, V> map) {
    this.map = map;
  }

  // The library asks with its own keys.
  @SuppressWarnings("unchecked")
  @Override
  public V getIfPresent(Object key) {
    return map.get((K) key);
  }

  @Override
  public void put(K key, V value) {
    map.put(key, value);
  }

  /** The library removes the key from the map right after. */
  @Override
  public void invalidate(Object key) {
    // Nothing is kept here.
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return unflushed;
  }
}
