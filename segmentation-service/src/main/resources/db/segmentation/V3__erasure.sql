-- Persons this service has erased: all it keeps of them, so that nothing late brings them back.
create table erased_person (
  person_id uuid not null,
  at timestamptz not null,
  constraint erased_person_pk primary key (person_id)
);

-- How long an event is kept counts from when it came: imported history is old on arrival.
alter table behaviour_event add column stored_at timestamptz not null default now();
-- rows lie in the order they came, so the sweep finds the old ones in few blocks
create index behaviour_event_stored on behaviour_event using brin (stored_at);
