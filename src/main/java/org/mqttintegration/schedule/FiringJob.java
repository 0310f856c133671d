package org.mqttintegration.schedule;

import java.time.Instant;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * What Quartz runs when a schedule fires. Rows of Quartz name this class, so its name stays. One of
 * a schedule at a time, so that its sends are in order.
 */
@DisallowConcurrentExecution
class FiringJob implements Job {

  private final Firings firings;

  FiringJob(Firings firings) {
    this.firings = firings;
  }

  @Override
  public void execute(JobExecutionContext context) {
    firings.fire(
        Long.parseLong(context.getJobDetail().getKey().getName()),
        scheduledAt(context),
        () -> isStopping(context.getScheduler()));
  }

  /** It begins with that. */
  private static boolean isStopping(Scheduler scheduler) {
    try {
      return scheduler.isInStandbyMode();
    } catch (SchedulerException e) {
      return true;
    }
  }

  /** Of a firing that is made again, as its node was killed, the first time's. */
  private static Instant scheduledAt(JobExecutionContext context) {
    return context.isRecovering()
        ? Instant.ofEpochMilli(
            context
                .getMergedJobDataMap()
                .getLongValue(
                    Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS))
        : context.getScheduledFireTime().toInstant();
  }
}
