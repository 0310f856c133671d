package org.mqttintegration.activity;

import java.util.Set;
import org.mqttintegration.access.AccountChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells what becomes of accounts, in the transaction that does it. */
@Component
class AccountStory {

  private final Story story;

  AccountStory(Story story) {
    this.story = story;
  }

  @EventListener
  void on(AccountChanged change) {
    RecordRef account = new RecordRef(RecordKind.USER, change.name(), change.name());
    Object before = change.before();
    Object after = change.after();
    if (change.event() != null) {
      story.did(account, change.event(), change.text());
    } else if (after != null) {
      story.saved(account, before, after, Set.of());
    } else if (before != null) {
      story.removed(account, before);
    }
  }
}
