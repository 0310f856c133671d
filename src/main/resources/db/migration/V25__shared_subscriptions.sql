-- Shared subscriptions (MQTT 5, section 4.8.2): a broker may have further connections that share the messages of these.
alter table broker add column shared_connections integer not null default 0 check (shared_connections between 0 and 16);
alter table subscription add column shared boolean not null default false;

-- A filter ends on each connection by itself. The key of a broker's own connection is its id.
alter table ended_filter add column connection text;
update ended_filter set connection = broker_id::text;
alter table ended_filter alter column connection set not null;
drop index ended_filter_broker_topic;
create unique index ended_filter_connection_topic on ended_filter (connection, topic_digest(topic));

-- A subscription is attended on each of its connections, and may have a gap on each.
alter table attendance drop constraint attendance_pkey;
alter table attendance add primary key (subscription_id, connection);
alter table gap add column connection text;
update gap set connection = broker_id::text where ends is null;
