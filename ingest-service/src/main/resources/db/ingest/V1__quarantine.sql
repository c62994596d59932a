-- Events refused for their content. The body is encrypted with ingest's quarantine key, because it
-- holds personal data as the client sent it.
create table rejected_event (
  id bigint generated always as identity primary key,
  source text not null,
  door text not null,
  received_at timestamptz not null,
  field text not null,
  reason text not null,
  body bytea not null,
  body_bytes int not null
);

-- already encrypted: compressing it again only costs time
alter table rejected_event alter column body set storage external;

-- the sweep of what has been kept long enough
create index rejected_event_received_at on rejected_event (received_at);
