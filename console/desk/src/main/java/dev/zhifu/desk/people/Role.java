package dev.zhifu.desk.people;

/** What a person does here; each has one. */
public enum Role {
  /** Takes reports, asks for signatures, rejects, acknowledges. */
  OFFICER,
  /** As OFFICER, and is the second person for others' acts. */
  SHIFT_LEADER,
  /** Reads everything about cases and banks; second person when no shift leader is there. */
  SUPERVISOR,
  /**
   * Head at city level: reads what SUPERVISOR reads, and decides about cases and freezes what the
   * law leaves to that head. Signs no orders and is nobody's second person.
   */
  CITY_HEAD,
  /** Reads cases, orders and papers; reviews freezes, and decides objections to refunds. */
  LEGAL,
  /** Reads who did what; decides nothing. */
  AUDITOR,
  /** Reads rules and their figures. */
  RULE_AUTHOR,
  /** Reads rules and their figures. */
  RULE_APPROVER,
  /** Sees one bank's own figures. */
  BANK,
  /** Goes to likely victims: sees own tasks and nothing else. The id is a contact's. */
  FIELD,
  /** Manages people; sees no case. */
  ADMIN;

  /** True when this role may ask for acts. */
  public boolean asks() {
    return this == OFFICER || this == SHIFT_LEADER;
  }

  /** True when this role may be the second person. */
  public boolean confirms() {
    return this == SHIFT_LEADER || this == SUPERVISOR;
  }

  /** The role that a signed act states (docs/orders.md). */
  public String onActs() {
    return this == SHIFT_LEADER ? "SHIFT_LEADER" : "DUTY_OFFICER";
  }
}
