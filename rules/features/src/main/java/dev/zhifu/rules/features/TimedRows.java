package dev.zhifu.rules.features;

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

  /** Rows dropped at the front of {@link #data} and not closed up yet. */
  private int gap;

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

  private int place(int row) {
    return (gap + row) * stride;
  }

  long time(int row) {
    return data[place(row)];
  }

  long value(int row, int column) {
    return data[place(row) + 1 + column];
  }

  void set(int row, int column, long value) {
    data[place(row) + 1 + column] = value;
  }

  /** Index of the first row later than {@code time}; {@link #size()} when there is none. */
  int firstAfter(long time) {
    // Most questions are about now, or about a window that reaches back past every row.
    if (size == 0 || time(0) > time) {
      return 0;
    }
    int high = size - 1;
    if (time(high) <= time) {
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
    int first = place(0) + 1 + column;
    for (int at = first + (size - 1) * stride; at >= first; at -= stride) {
      if (data[at] == value) {
        return (at - first) / stride;
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
    if (place(size) + stride > data.length) {
      makeRoom();
    }
    int at = place(row);
    System.arraycopy(data, at, data, at + stride, (size - row) * stride);
    data[at] = time;
    System.arraycopy(values, 0, data, at + 1, values.length);
    size++;
  }

  /**
   * Closes the gap at the front where that is worth it, else takes a larger array. A full list,
   * which loses a row with each that comes, moves its rows once in a while instead of each time.
   */
  private void makeRoom() {
    if (gap > size / 8) {
      System.arraycopy(data, place(0), data, 0, size * stride);
    } else {
      int rows = Math.min(limit + limit / 8 + 2, Math.max(2, size + (size >> 1) + 1));
      long[] larger = new long[rows * stride];
      System.arraycopy(data, place(0), larger, 0, size * stride);
      data = larger;
    }
    gap = 0;
  }

  void removeFirst(int count) {
    size -= count;
    gap = size == 0 ? 0 : gap + count;
  }

  void remove(int row) {
    System.arraycopy(data, place(row + 1), data, place(row), (size - row - 1) * stride);
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
    gap = 0;
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
