-- Each event once, whatever became of it, for as long as Kafka could bring it again.
create table conversion (
  source text not null,
  event_id text not null,
  person_id uuid not null,
  person_revision bigint not null,
  event_name text not null,
  state text not null,
  reason text,
  received_at timestamptz not null,
  expires_at timestamptz not null,
  event text,
  due_at timestamptz not null,
  claim text,
  claimed_until timestamptz,
  attempts int not null default 0,
  batches bigint[] not null default '{}',
  settled_at timestamptz,
  -- by event id first: that is how people ask for a delivery
  constraint conversion_pk primary key (event_id, source),
  constraint conversion_state_known check (state in
    ('queued', 'delivered', 'refused', 'expired', 'withheld', 'history', 'not_for_meta')),
  -- sealed keys are gone as soon as nobody needs them
  constraint conversion_event_only_while_queued check ((state = 'queued') = (event is not null))
) with (fillfactor = 60, toast_tuple_target = 8160); -- a claim then updates its row in place
alter table conversion alter column event set storage external;

-- what the sender takes next
create index conversion_due on conversion (due_at) where state = 'queued';
-- what a withdrawal stops
create index conversion_queued_of_person on conversion (person_id) where state = 'queued';
-- rows lie in the order they came, so the sweep finds the old ones in few blocks
create index conversion_received on conversion using brin (received_at);

-- Each request to the Conversions API.
create table conversion_batch (
  id bigint generated always as identity,
  sent_at timestamptz not null,
  size int not null,
  outcome text not null,
  code int,
  subcode int,
  fbtrace_id text,
  constraint conversion_batch_pk primary key (id)
);
