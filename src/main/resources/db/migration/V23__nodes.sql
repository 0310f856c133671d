-- The processes that run over this database, each start of one a row; kept for a while after it has ended.
create table node (
  id         uuid primary key,
  name       text        not null,
  version    text        not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  stopped_at timestamptz -- null while it runs, or did not say that it ended
);
create index node_running on node (name) where stopped_at is null;

-- Who has what only one node may have at a time. Each owner has an epoch of its own: what was begun under an older one is
-- refused (see fenced).
create table lease (
  name       text primary key,
  owner      uuid, -- null when it was given up
  epoch      bigint      not null,
  granted_at timestamptz not null
);

-- The locks of Spring Integration's JdbcLockRegistry, by which the nodes agree on who leads.
create table node_lock (
  lock_key     char(36)     not null,
  region       varchar(100) not null,
  client_id    char(36),
  created_date timestamp    not null,
  primary key (lock_key, region)
);

-- Rises when somebody has the route go on from elsewhere: whoever has the route keeps no place of before.
alter table durable_position add column generation bigint not null default 0;

-- The number of the lock that a claim takes alone, and each transaction under the lease together with others.
create function lease_lock(name text) returns bigint language sql immutable as $$ select hashtextextended('lease ' || name, 0) $$;

-- The leases that are no longer of those epochs. Of the others it is certain until the present transaction has ended: a
-- claim waits for it. The look at the table comes after the lock, and so sees a claim that was waited for.
create function fenced(names text[], epochs bigint[]) returns setof text language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(lease_lock(name)) from (select unnest(names) as name order by 1) asked;
  return query
    select asked.name from unnest(names, epochs) asked (name, epoch)
    left join lease on lease.name = asked.name
    where lease.epoch is distinct from asked.epoch or lease.owner is null;
end
$$;

-- What connections and their subscriptions are doing, as the node that has a connection tells the others.
create table reported_state (
  connection   text        not null,
  identifier   integer     not null, -- the subscription's, 0 for the connection itself
  state        text        not null,
  since        timestamptz not null,
  message      text,
  granted_qos  integer,
  capabilities text, -- JSON; of a connection only
  primary key (connection, identifier)
);
