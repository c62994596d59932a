create table message_trigger (
  name text not null,
  event text not null,
  unless text[] not null,
  after interval not null,
  template text not null,
  language text not null,
  parameters text[] not null,
  fallbacks text not null,
  enabled boolean not null,
  updated_at timestamptz not null,
  constraint message_trigger_pk primary key (name)
);

-- Events that a trigger waits for or gives way to, each once, whatever the order they come in. A row
-- without a name is an event that was moved to another person before it came itself.
create table recent_event (
  source text not null,
  event_id text not null,
  person_id uuid not null,
  revision bigint not null,
  name text,
  at timestamptz not null,
  constraint recent_event_pk primary key (event_id, source)
);
create index recent_event_person on recent_event (person_id, at);
create index recent_event_at on recent_event (at);

-- What is to be looked at when its time has come.
create table timer (
  trigger text not null,
  source text not null,
  event_id text not null,
  due_at timestamptz not null,
  constraint timer_pk primary key (event_id, source, trigger)
);
create index timer_due on timer (due_at);
