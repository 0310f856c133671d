-- Accounts of people and programs that sign in at an OpenID Connect issuer are bound to its name for them, whatever they are called.
alter table account
  add column issuer text,
  add column subject text,
  add column claims_at timestamptz, -- when the claims were issued that role and payloads were taken from last
  add constraint account_issuer_subject_key unique (issuer, subject),
  add constraint account_issuer_check check (
    num_nonnulls(issuer, subject, claims_at) in (0, 3)
    and (issuer is null or (password_hash is null and not must_change_password)));
