package dev.zhifu.rules.lives;

/** Something that the tables print beside its code. */
public interface Named {
  /** Its name in the code, unique within its kind. */
  String name();

  /** Its words. */
  Words words();
}
