package dev.zhifu.stack.floor;

/**
 * One transaction of a set.
 *
 * @param index position in the file, from 0
 * @param atMs event time, UTC milliseconds
 * @param payer account that pays
 * @param payee account that receives
 * @param yuan amount
 * @param type word of the file, such as TRANSFER
 */
record Movement(int index, long atMs, String payer, String payee, double yuan, String type) {

  boolean isTransfer() {
    return type.equals("TRANSFER");
  }

  /** What the fans count as the movement that completes them. */
  boolean movesMoney() {
    return isTransfer() || type.equals("WITHDRAW");
  }
}
