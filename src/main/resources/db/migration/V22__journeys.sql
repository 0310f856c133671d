-- A message's whole way: when it was committed, what routes did with it, and which sends came of it.

-- Old rows have none.
alter table history_commit add column committed_at timestamptz;
alter table history_commit alter column committed_at set default clock_timestamp();

create index dead_letter_history on dead_letter (history_id) where history_id is not null;

-- Who or what asked for a send; a send of before has none.
alter table send
  add column origin             text check (origin in ('rest', 'request', 'schedule', 'route')),
  add column origin_account     text,
  add column origin_schedule_id bigint,
  add column origin_route_id    text,
  add column origin_history_id  bigint; -- the message that the route made it of
create index send_origin on send (origin_history_id) where origin_history_id is not null;
create index send_history on send (history_id) where history_id is not null;

-- Attempts of sends that failed, and were not the last.
create table send_attempt (
  send_id     bigint      not null,
  attempt     integer     not null,
  at          timestamptz not null,
  reason_code smallint,
  reason      text,
  primary key (send_id, attempt)
);

-- What routes did with messages of the history: their runs, and the targets that they called. Written beside the
-- messages' way, and dropped by the day.
create table route_step (
  begun_at       timestamptz not null,
  history_id     bigint      not null,
  route_id       text        not null,
  exchange_id    text        not null,
  target         text, -- the endpoint without its options; null for the run itself
  micros         bigint      not null,
  attempt        integer     not null,
  outcome        text        not null,
  exception      text,
  message        text,
  complete       boolean, -- of a run, whether all its steps are here
  dead_letter_id bigint
) partition by range (begun_at);
create index route_step_history on route_step (history_id);
create table route_step_other partition of route_step default;

-- Messages whose steps were left out, as there were too many.
create table route_step_left_out (
  route_id text        not null,
  first_id bigint      not null,
  last_id  bigint      not null,
  messages bigint      not null,
  at       timestamptz not null
);
create index route_step_left_out_ids on route_step_left_out using gist (int8range(first_id, last_id, '[]'));

-- Makes the partitions of some days, and drops those of days that are over for long enough.
create function route_step_partitions(from_day date, days integer, older_than timestamptz) returns void language plpgsql
set lock_timeout = '2s' as $$
declare
  day date;
  partition text;
begin
  for day in select from_day + n from generate_series(0, days - 1) n loop
    partition := 'route_step_' || to_char(day, 'YYYYMMDD');
    if to_regclass(partition) is null
       and not exists (select from route_step_other
                       where begun_at >= day::timestamp at time zone 'UTC'
                         and begun_at < (day + 1)::timestamp at time zone 'UTC') then
      execute format('create table %I partition of route_step for values from (%L) to (%L)', partition,
                     day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'route_step'::regclass and c.relname ~ '^route_step_\d{8}$'
      and (to_date(substr(c.relname, 12), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' < older_than
  loop
    execute format('drop table %I', partition);
  end loop;
  delete from route_step_other where begun_at < older_than;
  delete from route_step_left_out where at < older_than;
end
$$;

select route_step_partitions((now() at time zone 'UTC')::date, 3, '-infinity');
