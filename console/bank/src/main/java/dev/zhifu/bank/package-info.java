/**
 * What a bank links to take part: it reads its own topics, verifies orders, checks the four fields,
 * acts through its own {@link dev.zhifu.bank.BankCore}, and answers. {@link
 * dev.zhifu.bank.BankLibrary} is the whole of it; {@link dev.zhifu.bank.BankTwin} is a bank for
 * tests and demo.
 */
package dev.zhifu.bank;
