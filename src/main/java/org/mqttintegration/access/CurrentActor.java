package org.mqttintegration.access;

import org.springframework.stereotype.Component;

/** Tells who asked for what this thread does. */
@Component
public class CurrentActor {

  /** The account of the request; {@link Actor#SYSTEM} outside of requests. */
  public Actor get() {
    Account account = Account.current();
    return account == null ? Actor.SYSTEM : new Actor(account.name(), Actor.Kind.USER);
  }
}
