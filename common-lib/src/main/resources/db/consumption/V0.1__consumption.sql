-- Where this service stands in each partition. Beside the position stands which log it is a position
-- in, so that a recreated topic or another cluster is noticed instead of misread.
create table consumer_position (
  topic text not null,
  partition_no int not null,
  next_offset bigint not null,
  epoch bigint not null,
  cluster_id text not null,
  topic_id text not null,
  partition_count int not null,
  constraint consumer_position_pk primary key (topic, partition_no),
  constraint consumer_position_next_offset_positive check (next_offset >= 0)
) with (fillfactor = 50); -- every transaction updates its rows in place

-- What a transaction wants sent: one row a poll, its messages packed. The owner of the named
-- partition sends it and clears it with its next transaction.
create table outbox (
  id bigint generated always as identity,
  topic text not null,
  partition_no int not null,
  messages bytea not null,
  constraint outbox_pk primary key (id)
);
-- packed messages are read once: compressing them costs more than it saves
alter table outbox alter column messages set storage external;

-- Records that made a handler fail by what they hold.
create table dead_letter (
  id bigint generated always as identity,
  topic text not null,
  partition_no int not null,
  record_offset bigint not null,
  record_time timestamptz not null,
  record_key bytea,
  record_value bytea,
  headers jsonb not null,
  reason text not null,
  failed_at timestamptz not null default now(),
  retried_at timestamptz,
  constraint dead_letter_pk primary key (id),
  constraint dead_letter_record_once unique (topic, partition_no, record_offset)
);
