-- The tree of topics that the history of each broker has: a row for each level of each topic. It follows the history by its
-- commits, a step behind, so that recording does nothing for it.
create table topic_node (
  broker_id      bigint not null,
  digest         bytea  not null, -- of the path: one of 65,535 bytes does not fit a btree row
  parent         bytea  not null, -- the digest of all that stands before the name
  path           text   not null, -- the topic up to and with this level
  name           text   not null, -- the level; of the last one that is kept apart also what is below
  messages       bigint not null, -- entries of the history with this topic or one below, also those removed since
  own_messages   bigint not null, -- those with this topic
  topics         bigint not null, -- topics, this and those below
  last_at        timestamptz not null, -- of the newest message of all these
  last_timestamp timestamptz, -- of the newest message of this topic, with its id
  last_id        bigint,
  changed        bigint not null, -- the commit that changed this row last
  primary key (broker_id, digest)
);
create index topic_node_children on topic_node (broker_id, parent, (left(name, 100)) collate "C", digest);

-- Up to which commit of the history it counts. Who works on it locks the row.
create table topic_position (
  commit bigint not null
);
insert into topic_position (commit) values (0);

-- Counts the next messages of the history, some more than that many at most. How many commits that were; none when there
-- are none or somebody else is at it.
create function topic_follow(most integer) returns integer language plpgsql
set jit = off set work_mem = '16MB' as $$
declare
  deepest constant integer := 32; -- what lies deeper is one level: a topic may have 32,768
  reached bigint;
  upto bigint;
  commits integer;
begin
  select commit into reached from topic_position for update skip locked;
  if not found then
    return 0;
  end if;
  select max(position), count(*) into upto, commits
    from (select position, sum(messages) over (order by position) - messages as before
          from (select position, messages from history_commit
                where position > reached order by position limit most) following) counted
    where before < most;
  if commits = 0 then
    return 0;
  end if;

  with run as (
    select *, first_id is distinct from lag(last_id) over (order by position) + 1 as begins
    from history_commit where position > reached and position <= upto
  ), range as (
    select min(first_id) as first_id, max(last_id) as last_id,
           min(first_timestamp) as first_timestamp, max(last_timestamp) as last_timestamp
    from (select *, count(*) filter (where begins) over (order by position) as number from run) numbered
    group by number
  ), message as materialized (
    select broker_id, topic, count(*) as messages,
           max(array[(extract(epoch from "timestamp") * 1000000)::bigint, id]) as newest
    from range cross join lateral (
      select broker_id, topic, "timestamp", id from history
      where id between first_id and last_id and "timestamp" between first_timestamp and last_timestamp) entry
    group by broker_id, topic
  ), topic as materialized (
    select message.*, string_to_array(message.topic, '/') as levels,
           -- not joined: it is looked up by its key, however many there are
           case when (select own_messages from topic_node known
                      where known.broker_id = message.broker_id and known.digest = topic_digest(message.topic)) > 0
                then 0 else 1 end as added
    from message
  ), level as (
    select broker_id, messages, newest, added, depth = least(cardinality(levels), deepest) as own,
           case when depth < deepest then levels[depth] else array_to_string(levels[depth:], '/') end as name,
           case depth when 1 then '' else array_to_string(levels[1:depth - 1], '/') || '/' end as before
    from topic cross join lateral generate_series(1, least(cardinality(levels), deepest)) depth
  ), node as (
    select broker_id, before, name, sum(messages) as messages, sum(added) as topics,
           coalesce(sum(messages) filter (where own), 0) as own_messages,
           max(newest) as newest, max(newest) filter (where own) as own_newest
    from level group by broker_id, before, name
  )
  insert into topic_node as stored (broker_id, digest, parent, path, name, messages, own_messages, topics,
                                    last_at, last_timestamp, last_id, changed)
    select broker_id, topic_digest(before || name), topic_digest(before), before || name, name, messages, own_messages,
           topics, timestamptz 'epoch' + newest[1] * interval '1 microsecond',
           timestamptz 'epoch' + own_newest[1] * interval '1 microsecond', own_newest[2], upto
    from node
  on conflict (broker_id, digest) do update set
    messages = stored.messages + excluded.messages,
    own_messages = stored.own_messages + excluded.own_messages,
    topics = stored.topics + excluded.topics,
    last_at = greatest(stored.last_at, excluded.last_at),
    (last_timestamp, last_id) = (
      select newest."timestamp", newest.id
      from (values (stored.last_timestamp, stored.last_id), (excluded.last_timestamp, excluded.last_id))
        as newest ("timestamp", id)
      order by newest."timestamp" desc nulls last, newest.id desc limit 1),
    changed = excluded.changed;

  update topic_position set commit = upto;
  return commits;
end
$$;

-- The number at a path of a payload that is JSON, or null. True and false are 1 and 0, as they are drawn; so is text that is
-- a number. A payload may be anything: whatever goes wrong with it, its number is null.
-- Not parallel: an exception block is a transaction within.
create function payload_number(payload bytea, path text[]) returns double precision
immutable strict language plpgsql as $$
declare
  found jsonb;
  word text;
  number double precision;
begin
  -- what cannot be JSON by its first byte costs no exception
  if octet_length(payload) not between 1 and 1048576
     or get_byte(payload, 0) not in (9, 10, 13, 32, 34, 45, 91, 102, 116, 123)
        and get_byte(payload, 0) not between 48 and 57 then
    return null;
  end if;
  found := convert_from(payload, 'UTF8')::jsonb #> path;
  word := found #>> '{}';
  number := case jsonb_typeof(found)
    when 'number' then word::double precision
    when 'boolean' then word::boolean::integer
    when 'string' then case when word ~ '^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$' then word::double precision end
  end;
  return case when abs(number) < 1e300 then number end; -- so that no sum of them is too large
exception when others then
  return null;
end
$$;
