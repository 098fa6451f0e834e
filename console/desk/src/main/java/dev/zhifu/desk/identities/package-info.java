/** Clear identities on request: one at a time, with a case and a reason, on record. */
package dev.zhifu.desk.identities;
