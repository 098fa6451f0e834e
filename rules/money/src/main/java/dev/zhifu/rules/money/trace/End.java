package dev.zhifu.rules.money.trace;

/** What becomes of a transfer with claimed money in it: followed, or why not (domain.md §11.6). */
public enum End {
  /** Followed to the payee. */
  FOLLOWED("继续追踪", Task.NONE),
  /** Cash from a machine. */
  CASH_ATM("ATM取现", Task.ATM_PICTURES),
  /** Cash at a counter. */
  CASH_COUNTER("柜面取现", Task.COURIER),
  /** To a trader in virtual currency. */
  CRYPTO("虚拟币交易", Task.CRYPTO_ADDRESS),
  /** Out of the country. */
  CROSS_BORDER("跨境汇出", Task.CROSS_BORDER),
  /** To a shop, for goods it may be: good-faith acquisition is not recovered. */
  MERCHANT("商户消费", Task.GOODS_CHECK),
  /** Wages. */
  PAYROLL("代发工资", Task.NONE),
  /** To a utility, a hospital or the state. */
  PUBLIC("公共缴费", Task.NONE),
  /** To a pooled or reserve account, which is nobody's mule. */
  POOLED("备付金等集合账户", Task.NONE),
  /** To a hub that everybody pays. */
  HUB("枢纽账户", Task.NONE),
  /** Back to the victim. */
  RETURNED("回到受害人账户", Task.NONE),
  /** Below the amount that is followed: a limit of the trace. */
  TOO_SMALL("低于追踪金额下限", Task.NONE),
  /** The money lay longer than is followed: a limit of the trace. */
  TOO_LATE("停留超过追踪时限", Task.NONE),
  /** Deeper than is followed: a limit of the trace. */
  TOO_DEEP("超过追踪层级", Task.NONE),
  /** One of more transfers of one account than are followed: a limit of the trace. */
  TOO_BROAD("超过单户追踪笔数", Task.NONE),
  /** Only under an order that no bank gave could claimed money be in it. */
  UNORDERED("先后不明", Task.NONE);

  private final String words;
  private final Task task;

  End(String words, Task task) {
    this.words = words;
    this.task = task;
  }

  /** In Chinese, for papers. */
  public String words() {
    return words;
  }

  /** What somebody should do about it. */
  public Task task() {
    return task;
  }

  /** True for a limit of the trace itself: the money could be followed further by hand. */
  public boolean isLimit() {
    return this == TOO_SMALL || this == TOO_LATE || this == TOO_DEEP || this == TOO_BROAD;
  }

  /** A task for a person or another body. */
  public enum Task {
    /** Nothing to do. */
    NONE(""),
    /** Secure the machine's pictures of that minute. */
    ATM_PICTURES("调取ATM监控"),
    /** Secure the counter's pictures, and look for a courier or driver who fetched the cash. */
    COURIER("调取柜面监控并排查取送人员"),
    /** Trace the address the coins went to. */
    CRYPTO_ADDRESS("追查虚拟币地址"),
    /** Ask abroad through the police channel. */
    CROSS_BORDER("国际警务协作止付"),
    /** Ask the shop what was bought, and whether in good faith. */
    GOODS_CHECK("核实商户交易是否善意取得");

    private final String words;

    Task(String words) {
      this.words = words;
    }

    /** In Chinese, for papers; empty for none. */
    public String words() {
      return words;
    }
  }
}
