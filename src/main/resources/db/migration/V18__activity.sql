-- What happened to records: the source of each record's thread and of the audit. Nothing in it is ever changed or removed.
create table audit_entry (
  id          bigint generated always as identity primary key, -- the order of the entries
  recorded_at timestamptz not null default clock_timestamp(),
  happened_at timestamptz not null,
  actor       text not null,
  actor_kind  text not null, -- user or system
  record_kind text not null,
  record_id   text not null, -- a number, or the name of a route file; it may be gone
  record_name text not null, -- what people called the record then
  entry_kind  text not null check (entry_kind in ('change', 'event', 'note')),
  event       text not null,
  severity    text not null check (severity in ('info', 'warning')),
  text        text,
  changes     jsonb not null default '[]', -- [{"field", "old", "new", "hidden"}]; of what is hidden neither value
  mentions    text[] not null default '{}'
);

create index audit_entry_record on audit_entry (record_kind, record_id, id);
create index audit_entry_actor on audit_entry (actor, id);
create index audit_entry_happened_at on audit_entry (happened_at);

-- The owner too is refused, unless it takes the trigger away.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_audit_change();

-- Whoever has more by default privileges than reading and appending.
revoke all on audit_entry from public;
do $$
declare
  other text;
begin
  for other in
    select distinct grantee from information_schema.role_table_grants
    where table_schema = current_schema() and table_name = 'audit_entry' and grantee not in (current_user, 'PUBLIC')
  loop
    execute format('revoke update, delete, truncate, references, trigger on audit_entry from %I', other);
  end loop;
end $$;

-- Who answers for a record: activities that open by themselves are theirs.
create table responsible (
  record_kind text not null,
  record_id   text not null,
  user_name   text not null,
  primary key (record_kind, record_id)
);

create table follower (
  id             bigint generated always as identity primary key,
  record_kind    text not null,
  record_id      text not null,
  type           text not null check (type in ('user', 'mail', 'webhook')),
  target         text not null, -- the user's name, a mail address, a URL
  kinds          text[] not null, -- of entries; none for one who is only told of notes that mention him
  severity       text not null, -- the least of events
  created_at     timestamptz not null default now(),
  ended_at       timestamptz, -- the record is gone, or nobody follows any more
  next_digest_at timestamptz not null default now(), -- what comes before waits until then
  last_sent_at   timestamptz,
  last_failed_at timestamptz,
  last_error     text,
  unique (record_kind, record_id, type, target)
);

-- A message to a follower, made of all that waited for him; it is tried until it is taken or has expired.
create table delivery (
  id              bigint generated always as identity primary key,
  follower_id     bigint not null references follower on delete cascade,
  message_id      uuid not null default gen_random_uuid(), -- the same in each attempt
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  leased_until    timestamptz,
  sent_at         timestamptz,
  failed_at       timestamptz
);
create index delivery_follower on delivery (follower_id);
create index delivery_open on delivery (next_attempt_at) where sent_at is null and failed_at is null;

-- That a follower is to be told of an entry.
create table notification (
  id          bigint generated always as identity primary key,
  follower_id bigint not null references follower on delete cascade,
  entry_id    bigint not null, -- no foreign key: the audit may belong to another role
  created_at  timestamptz not null default now(),
  delivery_id bigint references delivery on delete cascade
);
create index notification_waiting on notification (follower_id) where delivery_id is null;
create index notification_delivery on notification (delivery_id);

-- To-dos.
create table activity (
  id          bigint generated always as identity primary key,
  record_kind text not null,
  record_id   text not null,
  record_name text not null,
  type        text not null,
  summary     text not null,
  note        text,
  assignee    text,
  due_on      date not null,
  status      text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  created_at  timestamptz not null,
  created_by  text not null,
  closed_at   timestamptz,
  closed_by   text,
  feedback    text
);
create index activity_record on activity (record_kind, record_id, id);
create index activity_open on activity (assignee, due_on) where status = 'open';

-- Brokers whose connection is away.
create table outage (
  broker_id   bigint primary key,
  since       timestamptz not null,
  reason      text not null,
  activity_id bigint references activity -- null until it has lasted long enough
);
