/**
 * Whom to reach: institutions and dispatch contacts, from versioned files. Start with {@link
 * dev.zhifu.rules.lives.directory.Directories}.
 */
package dev.zhifu.rules.lives.directory;
