package dev.zhifu.desk.view;

import dev.zhifu.desk.store.Store;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.PaperDetail;
import java.util.Collection;
import java.util.List;

/** Papers with a life (ADR-0128), as recovery tells of them. */
public final class Papers {
  /** Papers that one list shows; the longest due first. */
  public static final int SHOWN_MAX = 200;

  private final Store store;

  /** Reads from {@code store}. */
  public Papers(Store store) {
    this.store = store;
  }

  /** Papers that are to be printed, served or answered, the longest waiting first. */
  public Part<LifeTransition> open(Extent extent) {
    int max = extent.of(SHOWN_MAX);
    return Part.of(
        store.records(
            LifeTransition.class,
            """
            select l.body from seen.life_change l
            where l.kind = 'PAPER' and l.state in ('TO_PRINT', 'PRINTED', 'SERVED')
              and not exists (select 1 from seen.life_change n
                where n.object_id = l.object_id and n.sequence > l.sequence)
            order by l.tick_at, l.object_id limit\s\
            """
                + (max + 1)),
        max);
  }

  /** The newest transition of each paper of these cases. */
  public List<LifeTransition> of(Collection<String> caseIds) {
    return store.records(
        LifeTransition.class,
        """
        select distinct on (object_id) body from seen.life_change
        where case_id = any(?) and kind = 'PAPER' order by object_id, sequence desc limit 500\
        """,
        (Object) caseIds.toArray(String[]::new));
  }

  /** What the paper says. */
  public static PaperDetail detail(LifeTransition paper) {
    return (PaperDetail) paper.getDetail();
  }
}
