package dev.zhifu.stack.demo;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.flink.FlinkLocal;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.JobSettings;
import dev.zhifu.stack.process.Supervisor;
import java.nio.file.Path;

/**
 * What a city is set upon: a broker and a registry with everything in place, and a job that runs or
 * is about to.
 *
 * @param root folder of the run: passwords, plan, truth, the banks' ledgers
 * @param info how to reach broker, registry and Flink's pages
 * @param supervisor starts the city
 */
public record DemoGround(Path root, StackInfo info, Supervisor supervisor) {
  private static final int PARALLELISM = 2;
  private static final int RECOVERY_PARALLELISM = 1;

  /**
   * A stack of its own, with both jobs in one JVM; returns while detection is starting. Recovery
   * follows with the first act of an officer.
   */
  public static DemoGround local(Layout layout, LocalStack stack) {
    int webPort = stack.ports().reserve();
    JobSettings settings =
        JobSettings.write(
            stack.dir(), stack.info(), stack.credentials(), webPort, PARALLELISM, true);
    JobSettings recovery =
        JobSettings.writeRecovery(
            stack.dir(), stack.info(), stack.credentials(), RECOVERY_PARALLELISM);
    FlinkLocal flink =
        FlinkLocal.startBoth(
            layout,
            stack.dir(),
            stack.supervisor(),
            settings.file(),
            recovery.file(),
            webPort,
            false);
    stack.webAt(flink.webUrl());
    return new DemoGround(stack.dir().root(), stack.info(), stack.supervisor());
  }

  /**
   * A cluster that another process supervises.
   *
   * @param supervisor of this process, for the city
   * @throws dev.zhifu.stack.StackException when no job runs there
   */
  public static DemoGround cluster(RunningStack cluster, Supervisor supervisor) {
    boolean running =
        new FlinkRest(cluster.info().webUrl()).underWay(FlinkRest.DETECTION).isPresent();
    if (!running) {
      throw new dev.zhifu.stack.StackException(
          "no job runs on the cluster; submit it first with ./zhifu cluster submit");
    }
    return new DemoGround(cluster.root(), cluster.info(), supervisor);
  }

  BrokerAccess access(String principal) {
    return info.access(root, principal);
  }
}
