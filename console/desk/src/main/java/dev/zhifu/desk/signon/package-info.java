/** Signing in through an identity provider (OpenID Connect); ADR-0133. */
package dev.zhifu.desk.signon;
