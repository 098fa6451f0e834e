package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Reads files through one merge in the total order, so that parallelism changes nothing. The stream is sorted: its watermark follows
 * right behind each new time, and every hit is final at once.
 */
final class FileSource implements SourceFunction<Ingested> {
  private static final long serialVersionUID = 1L;

  private final List<String> bank;
  private final List<String> telecom;
  private final String accounts;
  private volatile boolean running = true;

  /**
   * @param bank transaction files
   * @param telecom call files
   * @param accounts account file; null when there is none
   */
  FileSource(List<Path> bank, List<Path> telecom, Path accounts) {
    this.bank = bank.stream().map(Path::toString).toList();
    this.telecom = telecom.stream().map(Path::toString).toList();
    this.accounts = accounts == null ? null : accounts.toString();
  }

  @Override
  public void run(SourceContext<Ingested> context) {
    AccountsFile kinds = accounts == null ? AccountsFile.none() : AccountsFile.read(Path.of(accounts));
    List<Iterator<EnrichedEvent>> files = new ArrayList<>();
    bank.forEach(file -> files.add(new TransactionRows(Path.of(file), kinds)));
    telecom.forEach(file -> files.add(new TelecomRows(Path.of(file))));
    MergedRows rows = new MergedRows(files);
    long newest = Long.MIN_VALUE;
    while (running && rows.hasNext()) {
      EnrichedEvent event = rows.next();
      long at = event.getOccurredAt().toEpochMilli();
      if (at > newest) {
        context.emitWatermark(new Watermark(at - 1));
        newest = at;
      }
      context.collectWithTimestamp(new Ingested(event, null, at), at);
    }
    context.emitWatermark(Watermark.MAX_WATERMARK);
  }

  @Override
  public void cancel() {
    running = false;
  }
}
