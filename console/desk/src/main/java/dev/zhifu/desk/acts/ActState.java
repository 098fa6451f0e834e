package dev.zhifu.desk.acts;

/** Where an act stands, as the page shows it. */
public enum ActState {
  /** Waits for its second person. */
  ASKED,
  /** Nobody confirmed it in time; nothing was sent. */
  LAPSED,
  /** The second person refused; nothing was sent. */
  REFUSED,
  /** On its way; the job has not confirmed it yet. */
  SENT,
  /** The job has confirmed it. */
  DONE,
  /** The job refused it and said why. */
  TURNED_DOWN,
  /** The job went another way first: another act, or the evidence was withdrawn. */
  OVERTAKEN,
  /**
   * Five seconds without the job's word: phone and paper. Still becomes DONE when the word comes.
   */
  NOT_SENT
}
