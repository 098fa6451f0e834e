/**
 * Where clear identities end: tokens for the engine, ciphertexts for the account-holding bank, and
 * the vault that leads back, one token at a time. See {@code docs/identity.md}.
 */
package dev.zhifu.ingress;
