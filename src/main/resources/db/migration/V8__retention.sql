-- For how many seconds a subscription's messages are kept; null as long as all others.
alter table subscription add column history_retention bigint check (history_retention >= 60);

-- Up to when messages were removed because they were old: of a subscription, or (0) of those without a time of their own.
create table history_removed (
  subscription_id bigint primary key,
  until           timestamptz not null
);
