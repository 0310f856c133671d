-- The outbox: messages to send, each kept until some time after its outcome. Like the history it refers to brokers and
-- signals without a constraint.
create sequence send_id_seq;
create table send (
  id              bigint primary key,
  broker_id       bigint not null,
  signal_id       bigint,
  topic           text not null,
  -- a topic of 65,535 bytes does not fit a btree row
  topic_hash      bigint not null generated always as (hashtextextended(topic, 0)) stored,
  payload         bytea, -- none when the message is in the history
  payload_size    integer not null,
  qos             smallint not null check (qos between 0 and 2),
  retain          boolean not null,
  properties      jsonb,
  -- what is with the broker is "queued" still: nobody else knows it when this process ends
  status          text not null check (status in ('queued', 'delivered', 'handedOver', 'refused', 'expired', 'failed',
                                                  'cancelled')),
  reason_code     smallint,
  reason          text,
  attempts        integer not null default 0,
  accepted_at     timestamptz not null,
  expires_at      timestamptz not null,
  next_attempt_at timestamptz,
  sent_at         timestamptz,
  finished_at     timestamptz,
  history_id      bigint
);
create index send_queued on send (broker_id, id) include (topic_hash, accepted_at) where status = 'queued';
create index send_expiry on send (expires_at) where status = 'queued';
create index send_finished on send (finished_at) where finished_at is not null;
create index send_broker on send (broker_id, id desc);
create index send_signal on send (signal_id, id desc) where signal_id is not null;

-- QoS 2 sends that have a packet identifier in the session of a connection (MQTT 5, section 4.3.3), until their outcome
-- is stored. One whose outcome is that nobody knows keeps its identifier for as long as the session lasts.
create table outbound_packet (
  send_id           bigint primary key,
  connection        text not null,
  packet_identifier integer not null,
  taken             boolean not null -- whether the broker has it (PUBREC)
);
create index outbound_packet_connection on outbound_packet (connection);

-- Requests that must not be accepted twice.
create table idempotency_key (
  caller       text not null,
  key          text not null,
  request_hash bytea not null,
  send_id      bigint not null,
  created_at   timestamptz not null,
  primary key (caller, key)
);
create index idempotency_key_created on idempotency_key (created_at);
