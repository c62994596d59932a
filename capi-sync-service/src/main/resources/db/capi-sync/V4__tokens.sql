-- Access tokens that were put through the API, sealed under a key that only the configuration has.
create table meta_token (
  name text not null,
  sealed text not null,
  put_at timestamptz not null,
  constraint meta_token_pk primary key (name)
);
