-- In which order messages were committed: one row for each run of ids that a transaction stored. Ids are given out before,
-- in blocks of their own to each node, and tell no such order. A route that goes through the history follows this one.
create table history_commit (
  position        bigint generated always as identity primary key,
  first_id        bigint      not null,
  last_id         bigint      not null,
  first_timestamp timestamptz not null,
  last_timestamp  timestamptz not null,
  messages        integer     not null
);
create unique index history_commit_ids on history_commit (first_id);
create index history_commit_time on history_commit (last_timestamp);

-- The last statement of a transaction: the lock is let go after others see its rows, so that nobody sees a position and not
-- those before it.
create function history_committed(first_id bigint, last_id bigint, first_timestamp timestamptz, last_timestamp timestamptz,
                                  messages integer) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(1836151924, 1);
  insert into history_commit (first_id, last_id, first_timestamp, last_timestamp, messages)
  values (first_id, last_id, first_timestamp, last_timestamp, messages);
end
$$;

-- What was recorded before.
insert into history_commit (first_id, last_id, first_timestamp, last_timestamp, messages)
  select min(id), max(id), min("timestamp"), max("timestamp"), count(*) from history group by id / 1000 order by min(id);

-- How far a durable route is in the history: all of the commits before, and of that commit up to the id.
create table durable_position (
  name       text primary key,
  commit     bigint      not null,
  id         bigint      not null,
  updated_at timestamptz not null
);

-- Exchanges that failed for good.
create table dead_letter (
  id         bigint generated always as identity primary key,
  route_id   text        not null,
  from_uri   text        not null,
  exchange   text        not null, -- its id, as logs have it
  history_id bigint,               -- the message that it began with
  headers    text        not null, -- JSON; in text, since jsonb refuses a NUL
  body       bytea,
  body_type  text,
  exception  text        not null,
  message    text,
  step       text,                 -- the endpoint or step that failed
  failed_at  timestamptz not null,
  retries    integer     not null default 0,
  retried_at timestamptz
);
create index dead_letter_route on dead_letter (route_id, id);
