-- Secrets, encrypted. What they belong to is the associated data of the encryption: none opens in another row.
create table secret (
  kind       text not null, -- of what it belongs to: broker, or route for those that route files name
  owner      text not null, -- the id of that record; empty for secrets with a name alone
  name       text not null,
  key_id     text not null, -- the key that opens it
  sealed     bytea not null, -- AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes)
  updated_at timestamptz not null, -- when its value was given
  primary key (kind, owner, name)
);
