/**
 * Signatures: who may sign what, how the signed bytes are laid out, and how a bank checks an order.
 *
 * <p>Start at {@link dev.zhifu.schemas.crypto.KeyDirectory} (whose key is this, and of which
 * environment), {@link dev.zhifu.schemas.crypto.EngineSigner} (seal an order), {@link
 * dev.zhifu.schemas.crypto.Signatures} (sign and verify what persons sign) and {@link
 * dev.zhifu.schemas.crypto.OrderVerifier} (what a bank does with an order). The layout of every
 * signed byte is in {@code docs/envelope.md}.
 */
package dev.zhifu.schemas.crypto;
