-- Of a message whose payload is not stored: how large that was, in bytes, and why.
alter table history
  add column payload_size    integer,
  add column payload_omitted text;
