-- Sends that were accepted together. How far they are, the sends themselves say.
create table send_batch (
  id         bigint generated always as identity primary key,
  lines      integer not null,
  accepted   integer not null,
  created_at timestamptz not null,
  answer     text -- what the request was answered; only where it may be repeated
);
create index send_batch_created on send_batch (created_at);

alter table send add column batch_id bigint;
create index send_batch_id on send (batch_id) where batch_id is not null;

-- of a send or of a batch, as the request says that its hash is of
alter table idempotency_key rename column send_id to accepted_id;
