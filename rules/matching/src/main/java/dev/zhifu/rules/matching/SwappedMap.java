package dev.zhifu.rules.matching;

import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * The library's view of one of its maps, whose content is swapped from key to key.
 *
 * @param <K> map key
 * @param <V> map value
 */
final class SwappedMap<K, V> implements MapState<K, V> {
  private Map<K, V> current;

  void swap(Map<K, V> map) {
    current = map;
  }

  @Override
  public V get(K key) {
    return current.get(key);
  }

  @Override
  public void put(K key, V value) {
    current.put(key, value);
  }

  @Override
  public void putAll(Map<K, V> map) {
    current.putAll(map);
  }

  @Override
  public void remove(K key) {
    current.remove(key);
  }

  @Override
  public boolean contains(K key) {
    return current.containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() {
    return current.entrySet();
  }

  @Override
  public Iterable<K> keys() {
    return current.keySet();
  }

  @Override
  public Iterable<V> values() {
    return current.values();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return current.entrySet().iterator();
  }

  @Override
  public boolean isEmpty() {
    return current.isEmpty();
  }

  @Override
  public void clear() {
    current.clear();
  }
}
