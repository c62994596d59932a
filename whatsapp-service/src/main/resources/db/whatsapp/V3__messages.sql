-- Each message once, by an id that derives from what triggered it. No text, no number.
create table message (
  id text not null,
  trigger text not null,
  person_id uuid not null,
  source text,
  event_id text,
  state text not null,
  reason text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  due_at timestamptz not null,
  called_at timestamptz,
  settled_at timestamptz,
  constraint message_pk primary key (id)
);
create index message_due on message (due_at) where state = 'due';
create index message_calling on message (called_at) where state = 'calling';
create index message_created on message (created_at);
