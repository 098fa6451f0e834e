package dev.zhifu.workload;

/** Something that happens among people, with its name in the truth file. */
class Story {
  final int index;
  final String id;
  final String kind;
  final boolean fraud;

  Story(int index, String id, String kind, boolean fraud) {
    this.index = index;
    this.id = id;
    this.kind = kind;
    this.fraud = fraud;
  }
}
