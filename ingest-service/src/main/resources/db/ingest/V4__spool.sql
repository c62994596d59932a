-- What Kafka didn't acknowledge in time: one row a request, its messages packed. Pseudonymised and sealed as they would lie in
-- Kafka, hence not encrypted again; personal data all the same, so retention and erasure have to look here too.
-- Ids aren't in commit order: whoever drains reads from the lowest id each time and never goes by a watermark.
create table spooled_events (
  id bigint generated always as identity,
  spooled_at timestamptz not null default now(),
  events int not null,
  bytes int not null,
  messages bytea not null,
  -- the size is summed up from the index alone, without reading messages
  constraint spooled_events_pk primary key (id) include (events, bytes),
  constraint spooled_events_positive check (events > 0 and bytes > 0)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05); -- it fills and empties like a queue

-- packed messages are read once: compressing them costs more than it saves
alter table spooled_events alter column messages set storage external;

-- Which of the instances drains now, at most one row. A lease, not a lock: nothing is held while Kafka is asked, and one that
-- froze is succeeded when its time is over. Two that drain at once would send twice, and lose nothing.
create table spool_drainer (
  singleton boolean not null default true,
  instance uuid not null,
  claimed_until timestamptz not null,
  constraint spool_drainer_one_row primary key (singleton),
  constraint spool_drainer_singleton check (singleton)
);
