package dev.zhifu.workload;

import dev.zhifu.wire.PrefixClass;

/** The other party of a call or message. */
record Peer(String msisdn, PrefixClass prefix) {}
