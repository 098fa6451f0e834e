package dev.zhifu.desk.gateway;

/** What is wrong with a field, in a sentence for the bank. */
final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FieldException(String sentence) {
    super(sentence);
  }
}
