package org.mqttintegration.schedule;

import java.time.Instant;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What Quartz has of schedules: for each that is active a job and a trigger. Changes join the
 * caller's transaction, so there has to be one; other nodes and threads see them when it commits.
 */
@Component
class Plans {

  /** The group of all jobs and triggers of schedules. */
  static final String GROUP = "schedule";

  private final Scheduler scheduler;
  private final JdbcClient database;

  Plans(Scheduler scheduler, JdbcClient database) {
    this.scheduler = scheduler;
    this.database = database;
  }

  /**
   * A trigger for a schedule.
   *
   * @param from what lies before is not made up
   */
  static ScheduleTrigger trigger(ScheduleEntity schedule, Instant from) {
    ScheduleTrigger trigger = new ScheduleTrigger(schedule.timing(), schedule.misfire);
    trigger.setStartTime(Date.from(from));
    trigger.setEndTime(schedule.endAt == null ? null : Date.from(schedule.endAt));
    return trigger;
  }

  /** Lets a schedule fire by a trigger that does, in place of the one it has. */
  void put(long id, ScheduleTrigger trigger) {
    JobDetail job =
        JobBuilder.newJob(FiringJob.class).withIdentity(key(id)).requestRecovery().build();
    trigger.setKey(new TriggerKey(Long.toString(id), GROUP));
    try {
      lock();
      scheduler.deleteJob(key(id));
      scheduler.scheduleJob(job, trigger);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** Lets a schedule no longer fire. */
  void remove(long id) {
    try {
      lock();
      scheduler.deleteJob(key(id));
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /**
   * Holds Quartz's own lock until the transaction ends. Deleting a job takes it only for each of
   * its steps, and fails when the trigger fires for the last time in between.
   */
  private void lock() {
    database
        .sql("select lock_name from qrtz_locks where lock_name = 'TRIGGER_ACCESS' for update")
        .query(String.class)
        .single();
  }

  private static JobKey key(long id) {
    return new JobKey(Long.toString(id), GROUP);
  }

  /** The database's own reason is what the caller has to see. */
  private static IllegalStateException failed(SchedulerException e) {
    return new IllegalStateException("Quartz did not take a change", e);
  }
}
