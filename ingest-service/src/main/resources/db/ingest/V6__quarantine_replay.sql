-- What it takes to try a rejected event again as it came.
alter table rejected_event
  -- the body is that of a request from which no event could be read
  add column whole_body boolean not null default false,
  -- caller's address, browser, Meta's cookies, what the request said about all its events;
  -- personal data, encrypted like the body
  add column request bytea,
  -- what an event without an id goes by: the same at each try
  add column spare_id uuid not null default gen_random_uuid(),
  add column attempts int not null default 0,
  add column attempted_at timestamptz;

alter table rejected_event alter column request set storage external;

-- The rejected events of a filter; null stands for any. The planner merges it into its caller.
create function rejected_events_matching(
  any_source text, any_door text, any_field text, reason_part text, since timestamptz, before timestamptz)
returns setof rejected_event
language sql stable
as $$
  select * from rejected_event
  where (any_source is null or source = any_source)
    and (any_door is null or door = any_door)
    and (any_field is null or field = any_field)
    and (reason_part is null or position(lower(reason_part) in lower(reason)) > 0)
    and (since is null or received_at >= since)
    and (before is null or received_at < before)
$$;

-- Replays of many: what was asked for and how far it has come.
create table replay (
  id bigint generated always as identity primary key,
  source text,
  door text,
  field text,
  reason text,
  since timestamptz,
  before timestamptz,
  state text not null default 'running',
  -- the events up to this one, so that a replay doesn't meet what it puts back
  upto_id bigint not null,
  last_id bigint not null default 0,
  matching bigint not null,
  accepted bigint not null default 0,
  still_rejected bigint not null default 0,
  -- whoever claims a replay counts up; whoever had it before can't settle any more
  epoch int not null default 0,
  claimed_until timestamptz not null,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  constraint replay_state check (state in ('running', 'done'))
);

-- looked at each second, and nearly always empty
create index replay_running on replay (claimed_until) where state = 'running';
