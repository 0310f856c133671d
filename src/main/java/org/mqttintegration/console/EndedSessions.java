package org.mqttintegration.console;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;

/** Removes sessions whose time is over. */
@Component
class EndedSessions {

  private final JdbcIndexedSessionRepository sessions;

  EndedSessions(JdbcIndexedSessionRepository sessions) {
    this.sessions = sessions;
  }

  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void remove() {
    sessions.cleanUpExpiredSessions();
  }
}
