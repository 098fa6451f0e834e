/** What a bank needs to take part by HTTP. */
package dev.zhifu.bank.http;
