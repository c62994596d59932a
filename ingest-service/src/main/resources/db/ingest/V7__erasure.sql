-- The pseudonyms of everything in a rejected event that looks like an identifier, by which an erasure
-- finds what somebody sent.
alter table rejected_event add column pseudonyms text[] not null default '{}';
create index rejected_event_pseudonyms on rejected_event using gin (pseudonyms);

-- Erasures of the last minutes: a request that was under way when the order came may have been written
-- behind it.
create table recent_erasure (
  request_id uuid not null,
  pseudonyms text[] not null,
  at timestamptz not null,
  until timestamptz not null,
  constraint recent_erasure_pk primary key (request_id)
);
