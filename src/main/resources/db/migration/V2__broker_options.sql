-- What CONNECT asks of a broker's session, its will, and how to reach it (MQTT 5, section 3.1). Options that are read and
-- written as a whole are JSON; in text, since json would refuse a NUL when it is looked into.
alter table broker
  add column clean_start         boolean not null default false,
  add column session_expiry      bigint  not null default 604800 check (session_expiry between 0 and 4294967295),
  add column receive_maximum     integer not null default 1000 check (receive_maximum between 1 and 65535),
  add column maximum_packet_size integer not null default 16777216 check (maximum_packet_size between 1 and 268435460),
  add column user_properties     text    not null default '[]',
  add column will                text,
  add column web_socket          text,
  add column tls                 text;
