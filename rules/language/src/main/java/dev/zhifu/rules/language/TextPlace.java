package dev.zhifu.rules.language;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Finds where a character of a YAML value stands in its file, for plain, quoted, literal and folded
 * values alike.
 */
final class TextPlace {
  private final String[] lines;

  TextPlace(String file) {
    this.lines = file.split("\\R", -1);
  }

  /** Line and column, from 1. */
  record Place(int line, int column) {}

  /**
   * The place of the character at {@code offset} of the value. YAML folds white space, so the place
   * is found by counting the other characters.
   */
  Place of(Node node, String value, int offset) {
    int line = node.getStartMark().orElseThrow().getLine();
    int column = node.getStartMark().orElseThrow().getColumn();
    char first = charAt(line, column);
    if (first == '|' || first == '>') {
      line++;
      column = 0;
    } else if (first == '\'' || first == '"') {
      column++;
    }
    return walk(line, column, visible(value, offset));
  }

  private static int visible(String value, int offset) {
    return (int) value.codePoints().limit(offset).filter(c -> !Character.isWhitespace(c)).count();
  }

  private Place walk(int line, int column, int skip) {
    int left = skip;
    int c = column;
    for (int l = line; l < lines.length; l++) {
      for (; c < lines[l].length(); c++) {
        if (!Character.isWhitespace(lines[l].charAt(c)) && left-- == 0) {
          return new Place(l + 1, c + 1);
        }
      }
      c = 0;
    }
    return new Place(line + 1, column + 1);
  }

  private char charAt(int line, int column) {
    return line < lines.length && column < lines[line].length() ? lines[line].charAt(column) : ' ';
  }
}
