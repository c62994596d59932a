-- Imports of files: how far each has come, so that a broken upload goes on where it was.
create table import (
  id bigint generated always as identity primary key,
  source text not null,
  kind text not null,
  idempotency_key text,
  state text not null,
  -- who goes on with an import counts it up; whoever was at it before can't tick off any more
  attempt int not null default 1,
  content_length bigint,
  received_at timestamptz not null,
  updated_at timestamptz not null,
  row_count bigint not null default 0,
  accepted bigint not null default 0,
  rejected bigint not null default 0,
  -- SHA-256 of the rows ticked off so far, and of the first of them
  rows_sha256 bytea,
  head_count bigint,
  head_sha256 bytea,
  stopped_by text,
  constraint import_key unique (source, idempotency_key),
  constraint import_state check (state in ('running', 'stopped', 'done')),
  constraint import_counts check (row_count = accepted + rejected)
);

-- the sweep of what has been kept long enough
create index import_updated_at on import (updated_at);

-- Rows at fault, without anything they said.
create table import_error (
  import_id bigint not null references import on delete cascade,
  row_number bigint not null,
  line bigint not null,
  field text not null,
  reason text not null,
  primary key (import_id, row_number)
);
