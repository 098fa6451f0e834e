package dev.zhifu.jobs.backtest;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Makes ingress records of one line of a file; none of them lies before the line's own time. */
interface RowReader {

  /** Columns that the file must have; one of them is {@code ts}. */
  List<String> columns();

  /**
   * Records of one line.
   *
   * @throws BacktestException when the line cannot be read
   */
  List<SpecificRecord> read(CsvRow row);
}
