package dev.zhifu.desk.view;

/** How much of its long lists a page shows. */
public enum Extent {
  /** As much as one reads at a look. */
  PAGE(1),
  /** Ten times that, for whoever asks for it. */
  WHOLE(10);

  private final int times;

  Extent(int times) {
    this.times = times;
  }

  /** The bound of a list whose page holds {@code page}. */
  int of(int page) {
    return page * times;
  }
}
