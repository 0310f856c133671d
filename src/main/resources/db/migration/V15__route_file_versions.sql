-- What each route file said, so that it can be rolled back. The newest 50 of each are kept.
create table route_file_version (
  name       text not null,
  version    integer not null,
  content    text, -- none of a deleted file
  applied_at timestamptz not null,
  status     text not null check (status in ('applied', 'refused', 'deleted')),
  message    text, -- why it was refused
  primary key (name, version)
);
