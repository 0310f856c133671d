package org.mqttintegration.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.mqttintegration.resource.WireName;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerPersistenceDelegateSupport;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerProperties;
import org.quartz.spi.OperableTrigger;

/** How Quartz stores a {@link ScheduleTrigger}: in columns of its own table, not serialised. */
public class ScheduleTriggerStore extends SimplePropertiesTriggerPersistenceDelegateSupport {

  /** In Quartz's column for the type of a trigger, which takes 8 characters. */
  private static final String TYPE = "SCHEDULE";

  /** Made by Quartz, which knows it by its name. */
  public ScheduleTriggerStore() {}

  @Override
  public boolean canHandleTriggerType(OperableTrigger trigger) {
    return trigger instanceof ScheduleTrigger;
  }

  @Override
  public String getHandledTriggerTypeDiscriminator() {
    return TYPE;
  }

  @Override
  protected SimplePropertiesTriggerProperties getTriggerProperties(OperableTrigger trigger) {
    ScheduleTrigger schedule = (ScheduleTrigger) trigger;
    SimplePropertiesTriggerProperties properties = new SimplePropertiesTriggerProperties();
    properties.setString1(WireName.of(schedule.misfire()));
    if (schedule.timing() instanceof Cron cron) {
      properties.setString2(cron.expression());
      properties.setString3(cron.zone().getId());
    } else if (schedule.timing() instanceof Timing.Interval interval) {
      properties.setLong1(interval.first().toEpochMilli());
      properties.setLong2(interval.every().toMillis());
    } else if (schedule.timing() instanceof Timing.Once once) {
      properties.setLong1(once.at().toEpochMilli());
    }
    return properties;
  }

  @Override
  protected TriggerPropertyBundle getTriggerPropertyBundle(
      SimplePropertiesTriggerProperties properties) {
    Misfire misfire = WireName.constant(Misfire.class, properties.getString1());
    if (misfire == null) {
      throw new IllegalStateException("no misfire " + properties.getString1());
    }
    return new TriggerPropertyBundle(
        new ScheduleTrigger(timing(properties), misfire).getScheduleBuilder(), null, null);
  }

  private static Timing timing(SimplePropertiesTriggerProperties properties) {
    if (properties.getString2() != null) {
      try {
        return new Cron(properties.getString2(), ZoneId.of(properties.getString3()));
      } catch (ParseException e) {
        throw new IllegalStateException("stored unchecked", e);
      }
    }
    Instant first = Instant.ofEpochMilli(properties.getLong1());
    return properties.getLong2() == 0
        ? new Timing.Once(first)
        : new Timing.Interval(first, Duration.ofMillis(properties.getLong2()));
  }
}
