-- Topic filters that ended, and that the broker's session may still hold: it may be away, or we may end, before it hears of
-- it. They are unsubscribed when the session is resumed, and forgotten when the broker says that it is without them.
create table ended_filter (
  broker_id bigint not null references broker on delete cascade,
  topic     text not null,
  ended_at  timestamptz not null
);
create unique index ended_filter_broker_topic on ended_filter (broker_id, topic_digest(topic));
