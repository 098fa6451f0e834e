package dev.zhifu.stack.floor;

/**
 * One shape's figures on one set, beside those of a rule of the floor.
 *
 * @param rule name of the shape
 * @param typology labels that it is for; "any" for all
 * @param alerts times that the shape was found at new ends
 * @param transactions transactions it points at
 * @param precision illicit share of them, look-alikes counted as false
 * @param precisionWithoutDecoys the same with look-alikes left out
 * @param recall share of the illicit transactions of its typology
 * @param f1 of precision and recall
 * @param cases cases of its typology
 * @param casesFound of these, with a transaction pointed at
 * @param casesInTime of these, before the case's last transaction
 * @param decoyCases look-alikes of its typology
 * @param decoyCasesFound of these, pointed at
 * @param accountsPer10k accounts alerted per 10,000
 */
public record NetworkLine(
    String rule,
    String typology,
    int alerts,
    int transactions,
    Double precision,
    Double precisionWithoutDecoys,
    Double recall,
    Double f1,
    int cases,
    int casesFound,
    int casesInTime,
    int decoyCases,
    int decoyCasesFound,
    double accountsPer10k) {}
