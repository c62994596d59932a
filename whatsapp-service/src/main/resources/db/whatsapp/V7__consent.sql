-- Numbers from which somebody said stop, by pseudonym: no message goes there on a yes that identity
-- decided before it heard of it.
create table stopped_number (
  pseudonym text not null,
  at timestamptz not null,
  since_revision bigint not null,
  source text not null,
  event_id text not null,
  constraint stopped_number_pk primary key (pseudonym)
);
create index stopped_number_event on stopped_number (event_id, source);
