package dev.zhifu.jobs.backtest;

/**
 * Precision and recall at one level: transactions, cases or accounts. A ratio without a denominator
 * is null, never 0 or 1.
 *
 * @param alerted distinct things alerted
 * @param right illicit ones among them
 * @param decoys benign look-alikes among them
 * @param illicit illicit things there are; 0 also when the data do not say
 * @param found illicit things alerted
 * @param precision right / alerted, decoys counted as false
 * @param precisionDecoysAside right / (alerted − decoys)
 * @param recall found / illicit
 * @param f1 of precision and recall
 */
record Level(
    long alerted,
    long right,
    long decoys,
    long illicit,
    long found,
    Double precision,
    Double precisionDecoysAside,
    Double recall,
    Double f1) {

  static Level of(long alerted, long right, long decoys, long illicit, long found) {
    Double precision = illicit == 0 ? null : ratio(right, alerted);
    Double aside = illicit == 0 ? null : ratio(right, alerted - decoys);
    Double recall = ratio(found, illicit);
    return new Level(
        alerted, right, decoys, illicit, found, precision, aside, recall, f1(precision, recall));
  }

  static Double ratio(long part, long whole) {
    return whole <= 0 ? null : (double) part / whole;
  }

  private static Double f1(Double precision, Double recall) {
    if (precision == null || recall == null) {
      return null;
    }
    return precision + recall == 0 ? 0.0 : 2 * precision * recall / (precision + recall);
  }
}
