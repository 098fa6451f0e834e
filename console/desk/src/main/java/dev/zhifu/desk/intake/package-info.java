/** Taking a victim's report: clear identities become tokens here and stay in the vault. */
package dev.zhifu.desk.intake;
