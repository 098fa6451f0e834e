package dev.zhifu.rules.features;

import java.util.Arrays;

/**
 * Rows of whole numbers, each with an event time, oldest first, never more than a limit: the one
 * list that all feature state is made of. Rows of equal time keep the order in which they came.
 */
final class TimedRows {
  /** How a column is written: hashes in eight bytes, numbers in as few as they need. */
  enum Column {
    NUMBER,
    HASH
  }

  private static final long[] EMPTY = {};
  private static final int MOST_LIMIT = 100_000;

  private final int limit;
  private final Column[] columns;
  private final int stride;
  private long[] data = EMPTY;
  private int size;

  TimedRows(int limit, Column... columns) {
    this.limit = limit;
    this.columns = columns;
    this.stride = columns.length + 1;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == limit;
  }

  long time(int row) {
    return data[row * stride];
  }

  long value(int row, int column) {
    return data[row * stride + 1 + column];
  }

  void set(int row, int column, long value) {
    data[row * stride + 1 + column] = value;
  }

  /** Index of the first row later than {@code time}; {@link #size()} when there is none. */
  int firstAfter(long time) {
    // Most questions are about now, or about a window that reaches back past every row.
    if (size == 0 || data[0] > time) {
      return 0;
    }
    int high = size - 1;
    if (data[high * stride] <= time) {
      return size;
    }
    int low = 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Index of the newest row whose {@code column} is {@code value}; −1 when there is none. */
  int lastWith(int column, long value) {
    for (int row = size - 1; row >= 0; row--) {
      if (value(row, column) == value) {
        return row;
      }
    }
    return -1;
  }

  /**
   * Puts a row at its place in time.
   *
   * @return false when the limit was passed and the oldest row went, which may be this one
   */
  boolean add(long time, long... values) {
    boolean room = size < limit;
    if (!room) {
      if (limit == 0 || time < time(0)) {
        return false;
      }
      removeFirst(1);
    }
    insert(firstAfter(time), time, values);
    return room;
  }

  private void insert(int row, long time, long[] values) {
    if ((size + 1) * stride > data.length) {
      data = Arrays.copyOf(data, Math.min(limit, Math.max(2, size + (size >> 1) + 1)) * stride);
    }
    int at = row * stride;
    System.arraycopy(data, at, data, at + stride, (size - row) * stride);
    data[at] = time;
    System.arraycopy(values, 0, data, at + 1, values.length);
    size++;
  }

  void removeFirst(int count) {
    System.arraycopy(data, count * stride, data, 0, (size - count) * stride);
    size -= count;
  }

  void remove(int row) {
    System.arraycopy(data, (row + 1) * stride, data, row * stride, (size - row - 1) * stride);
    size--;
  }

  /**
   * Drops every row not later than {@code time}.
   *
   * @return the time of the newest row dropped; {@link Long#MIN_VALUE} when none was
   */
  long dropUntil(long time) {
    int count = firstAfter(time);
    if (count == 0) {
      return Long.MIN_VALUE;
    }
    long newest = time(count - 1);
    removeFirst(count);
    return newest;
  }

  void writeTo(StateWriter out) {
    out.number(size);
    long before = 0;
    for (int row = 0; row < size; row++) {
      out.number(time(row) - before);
      before = time(row);
      for (int column = 0; column < columns.length; column++) {
        if (columns[column] == Column.HASH) {
          out.fixed(value(row, column));
        } else {
          out.number(value(row, column));
        }
      }
    }
  }

  /**
   * Reads what {@link #writeTo} wrote; rows over the limit, which may have shrunk since, are
   * dropped from the oldest.
   */
  void readFrom(StateReader in) {
    int count = Math.toIntExact(in.number());
    if (count < 0 || count > MOST_LIMIT) {
      throw new IllegalStateException(
          "Feature state holds a list of " + count + " rows; it must have 0 to " + MOST_LIMIT);
    }
    data = new long[Math.min(count, limit) * stride];
    size = 0;
    long[] values = new long[columns.length];
    long time = 0;
    for (int row = 0; row < count; row++) {
      time += in.number();
      for (int column = 0; column < columns.length; column++) {
        values[column] = columns[column] == Column.HASH ? in.fixed() : in.number();
      }
      add(time, values);
    }
  }
}
