/**
 * The subjects of a registry: registering them, checking them, and the committed history that both
 * build and registry hold new schemas against. Start with {@link
 * dev.zhifu.schemas.registry.SubjectsCommand}.
 */
package dev.zhifu.schemas.registry;
