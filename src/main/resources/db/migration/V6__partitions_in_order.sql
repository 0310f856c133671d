-- A default partition keeps PostgreSQL from reading the partitions one after the other: it then opens all of them for a
-- page and merges. So the partitions follow each other without a hole, and the first and the last have no end: a clock
-- that is wrong by years still finds one.

-- From when to when daily partitions reach.
create table history_extent (
  starts timestamptz not null,
  ends   timestamptz not null
);

do $$
declare
  day date;
  next date;
begin
  alter table history detach partition history_other;
  for day, next in
    select d, lead(d) over (order by d)
    from (select to_date(substr(c.relname, 9), 'YYYYMMDD') as d
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'history'::regclass) days
    order by d
  loop
    if next > day + 1 then
      execute format('create table %I partition of history for values from (%L) to (%L)',
                     'history_' || to_char(day + 1, 'YYYYMMDD'),
                     (day + 1)::timestamp at time zone 'UTC', next::timestamp at time zone 'UTC');
    end if;
  end loop;
  insert into history_extent
    select min(d)::timestamp at time zone 'UTC', (max(d) + 1)::timestamp at time zone 'UTC'
    from (select to_date(substr(c.relname, 9), 'YYYYMMDD') as d
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'history'::regclass) days;
  execute format('create table history_early partition of history for values from (minvalue) to (%L)',
                 (select starts from history_extent));
  execute format('create table history_late partition of history for values from (%L) to (maxvalue)',
                 (select ends from history_extent));
  insert into history select * from history_other;
  drop table history_other;
end
$$;

-- Makes the daily partitions up to some days from a day on, and one for all days that were left out. Rows that a clock
-- ran ahead with move into them. It locks the table; behind a long query that would hold up every insert, so it gives up.
-- A clock that is ahead by ten years is not believed.
create or replace function history_make_partitions(from_day date, days integer) returns void language plpgsql
set lock_timeout = '2s' as $$
declare
  reached timestamptz;
  upto timestamptz := (from_day + days)::timestamp at time zone 'UTC';
  bound timestamptz;
  partition text;
begin
  select ends into reached from history_extent for update;
  if upto <= reached or upto > reached + interval '10 years' then
    return;
  end if;
  alter table history detach partition history_late;
  while reached < upto loop
    bound := greatest(reached + interval '24 hours', from_day::timestamp at time zone 'UTC');
    partition := 'history_' || to_char(reached at time zone 'UTC', 'YYYYMMDD');
    execute format('create table %I partition of history for values from (%L) to (%L)', partition, reached, bound);
    execute format('with moved as (delete from history_late where "timestamp" >= %L and "timestamp" < %L returning *)
                    insert into history select * from moved', reached, bound);
    reached := bound;
  end loop;
  execute format('alter table history attach partition history_late for values from (%L) to (maxvalue)', reached);
  update history_extent set ends = reached;
end
$$;

-- Drops the daily partitions all of whose rows are older.
create function history_drop_partitions(older_than timestamptz) returns integer language plpgsql
set lock_timeout = '2s' as $$
declare
  partition text;
  bound timestamptz;
  dropped integer := 0;
begin
  for partition, bound in
    select relname,
           coalesce(lead(lower_bound) over (order by lower_bound), (select ends from history_extent))
    from (select c.relname,
                 to_date(substr(c.relname, 9), 'YYYYMMDD')::timestamp at time zone 'UTC' as lower_bound
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'history'::regclass and c.relname ~ '^history_\d{8}$') days
    order by lower_bound
  loop
    exit when bound > older_than;
    if dropped = 0 then
      alter table history detach partition history_early;
    end if;
    execute format('drop table %I', partition);
    update history_extent set starts = bound;
    dropped := dropped + 1;
  end loop;
  if dropped > 0 then
    execute format('alter table history attach partition history_early for values from (minvalue) to (%L)',
                   (select starts from history_extent));
  end if;
  return dropped;
end
$$;

-- One topic's messages. By a hash, since a topic of 65,535 bytes does not fit a btree row.
create index history_topic on history (hashtextextended(topic, 0), "timestamp" desc, id desc);
