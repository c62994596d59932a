-- Persons this service has erased: all it keeps of them, so that nothing late brings them back.
create table erased_person (
  person_id uuid not null,
  at timestamptz not null,
  constraint erased_person_pk primary key (person_id)
);

-- An erasure that Meta hasn't confirmed in full, with what was erased here. Its receipt waits.
create table erasure (
  request_id uuid not null,
  persons uuid[] not null,
  counts jsonb not null,
  constraint erasure_pk primary key (request_id)
);

-- A member who stands in for somebody erased until Meta has taken them out: person_id is then nobody's
-- id, and the row goes with the erasure.
alter table audience_member add column erasure uuid;
create index audience_member_of_erasure on audience_member (erasure) where erasure is not null;

-- which keys of the person Meta got, by name
alter table conversion add column match_keys text;

-- an erasure finds all of a person's events, a withdrawal those that wait
drop index conversion_queued_of_person;
create index conversion_of_person on conversion (person_id);
