-- Persons this service has erased: all it keeps of them, so that nothing late brings them back.
create table erased_person (
  person_id uuid not null,
  at timestamptz not null,
  constraint erased_person_pk primary key (person_id)
);

-- an erasure finds all of a person's messages
create index message_of_person on message (person_id);
create index message_of_event on message (event_id) where event_id is not null;
