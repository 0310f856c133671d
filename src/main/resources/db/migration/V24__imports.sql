-- Records that came from the tables of the Odoo module, by the ids that they had there.
create table odoo_record (
  model     text   not null,
  odoo_id   text   not null, -- an external id; or a database id behind a full stop
  record_id bigint not null,
  primary key (model, odoo_id)
);

-- Files of messages that are in the history: none is taken twice.
create table odoo_file (
  digest      bytea       primary key, -- SHA-256 of its content
  model       text        not null,
  messages    bigint      not null,
  imported_at timestamptz not null
);

-- Messages that were recorded elsewhere are counted and shown as others are, but no route receives them.
alter table history_commit add column imported boolean not null default false;
