package dev.zhifu.rules.lives;

/** Who acts in a row of a table. */
public enum Role implements Named {
  /** The clock of ticks. */
  CLOCK(false, "时钟", "clock"),
  /** The account-holding institution. */
  BANK(false, "开户机构", "bank"),
  /** The engine itself: scoring, trace, its own following steps. */
  ENGINE(false, "引擎", "engine"),
  /** The victim. */
  VICTIM(true, "被害人", "victim"),
  /** The holder of a restricted account, or whoever acts for him by power of attorney. */
  HOLDER(true, "账户持有人", "holder"),
  /** Sends officers and grid workers out. */
  DISPATCHER(true, "派单员", "dispatcher"),
  /** Officer on duty at the anti-fraud centre. */
  DUTY_OFFICER(true, "值班民警", "duty officer"),
  /** Officer who handles the case. */
  CASE_OFFICER(true, "办案民警", "case officer"),
  /** Legal review within the police. */
  LEGAL_REVIEWER(true, "法制审核", "legal reviewer"),
  /** Head of a police body at county level or above. */
  COUNTY_HEAD(true, "县级以上公安机关负责人", "head at county level"),
  /** Head of a police body of a city divided into districts. */
  CITY_HEAD(true, "设区的市级公安机关负责人", "head at city level");

  private final boolean person;
  private final Words words;

  Role(boolean person, String chinese, String english) {
    this.person = person;
    this.words = new Words(chinese, english);
  }

  /** True when only a person can have this role. */
  public boolean person() {
    return person;
  }

  @Override
  public Words words() {
    return words;
  }
}
