-- QoS 2 messages that are recorded and that the broker has not released yet (MQTT 5, section 4.3.3), for each recipient:
-- one that is delivered again is known by it. Written in the transaction that records the message.
create table unreleased_packet (
  connection        text not null,
  packet_identifier integer not null,
  recipient         integer not null, -- the subscription's identifier, 0 when none asked for it
  primary key (connection, packet_identifier, recipient)
);
