package dev.zhifu.workload;

/** A piece of a balance, first in first out: whose money it is, and whether a stop has kept it. */
final class Lot {
  /** Story whose victim's money this is; 0 is clean. */
  final int story;

  long fen;

  /** What keeps it, as counted in the summary. */
  Kept kept;

  enum Kept {
    NOT,
    HELD_BACK,
    STOPPED
  }

  Lot(int story, long fen, Kept kept) {
    this.story = story;
    this.fen = fen;
    this.kept = kept;
  }
}
