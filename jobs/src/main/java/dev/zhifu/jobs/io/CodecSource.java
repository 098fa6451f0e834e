package dev.zhifu.jobs.io;

import dev.zhifu.schemas.wire.AvroCodec;
import java.io.Serializable;

/**
 * Opens the codec on the task: a registry's in a job, one in memory in tests. Travels to the
 * workers, as a codec cannot.
 */
@FunctionalInterface
public interface CodecSource extends Serializable {

  /** The codec; called once when the operator opens. */
  AvroCodec codec();
}
