package dev.zhifu.workload;

import java.util.SplittableRandom;

/** Invented names. A person's is kept as a number: a city of millions has no room for texts. */
final class Names {
  private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
  private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红玲飞鹏慧建国春梅雪莲海燕云龙";
  private static final int NONE = GIVEN.length();

  private Names() {}

  /** Draws a person's name. */
  static int person(SplittableRandom random) {
    int surname = random.nextInt(SURNAMES.length());
    int first = random.nextInt(GIVEN.length());
    int second = random.nextInt(3) > 0 ? random.nextInt(GIVEN.length()) : NONE;
    return (surname << 16) | (first << 8) | second;
  }

  static String text(int code) {
    StringBuilder name = new StringBuilder(3);
    name.append(SURNAMES.charAt(code >> 16)).append(GIVEN.charAt(code >> 8 & 0xff));
    int second = code & 0xff;
    return second == NONE ? name.toString() : name.append(GIVEN.charAt(second)).toString();
  }

  /** Draws the first two characters of a firm's name. */
  static String firm(SplittableRandom random) {
    return ""
        + GIVEN.charAt(random.nextInt(GIVEN.length()))
        + GIVEN.charAt(random.nextInt(GIVEN.length()));
  }
}
