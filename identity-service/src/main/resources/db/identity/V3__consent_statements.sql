-- Every statement of consent that ever came, with what proves it: one row per event. Only ever added to.
-- The subject is a strong identifier, or the visitor of an anonymous event; a visitor's becomes its
-- owner's when the anonymous event itself is forgotten.
create table consent_statement (
  statement_no bigint generated always as identity,
  subject_id uuid not null,
  source text collate "C" not null,
  event_id text collate "C" not null,
  at timestamptz not null,
  ads boolean,
  profiling boolean,
  messaging boolean,
  form text,
  text_version text,
  method text,
  reference text,
  recorded_by text,
  learned_at timestamptz not null default now(),
  constraint consent_statement_pk primary key (subject_id, source, event_id),
  constraint consent_statement_states_something check (num_nonnulls(ads, profiling, messaging) > 0)
);

-- What was stated before this table was there.
insert into consent_statement (subject_id, source, event_id, at, ads, profiling, messaging, learned_at)
select subject_id, source, event_id, at,
  bool_and(value) filter (where purpose = 'ads'),
  bool_and(value) filter (where purpose = 'profiling'),
  bool_and(value) filter (where purpose = 'messaging'),
  at
from consent group by subject_id, source, event_id, at
on conflict do nothing;
insert into consent_statement (subject_id, source, event_id, at, ads, profiling, messaging, learned_at)
select visitor_id, source, event_id, at, (stated->>'ads')::boolean, (stated->>'profiling')::boolean,
  (stated->>'messaging')::boolean, received_at
from anonymous_event where stated is not null and stated <> '{}'
on conflict do nothing;

create function consent_statement_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('rebound.forgetting_statements', true) = 'on' then
    return old; -- an erasure, through the function below
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - 'subject_id' = to_jsonb(old) - 'subject_id' then
    return new; -- what was said stays; whose it is held to be may change
  end if;
  raise exception 'statements of consent are never changed or removed' using errcode = 'insufficient_privilege';
end $$;
create trigger consent_statement_stays before update or delete on consent_statement
  for each row execute function consent_statement_stays();

-- The way past the trigger: an erasure forgets all statements of these subjects, and says how many.
create function forget_consent_statements(subjects uuid[]) returns bigint language plpgsql as $$
declare
  forgotten bigint;
begin
  perform set_config('rebound.forgetting_statements', 'on', true);
  delete from consent_statement where subject_id = any(subjects);
  get diagnostics forgotten = row_count;
  perform set_config('rebound.forgetting_statements', 'off', true);
  return forgotten;
end $$;

-- A person's statements: those made with their identifiers, and those of anonymous events that are held
-- to be theirs. A visitor's: those of the device's events that nobody owns.
create function consent_statements_of(person uuid) returns setof consent_statement
language sql stable
as $$
  select s.*
  from identifier i join consent_statement s on s.subject_id = i.identifier_id
  where i.person_id = person
  union
  select s.*
  from identifier i
  join anonymous_event a on a.owner_id = i.identifier_id and a.stated is not null
  join consent_statement s
    on s.subject_id = any(a.devices) and s.source = a.source and s.event_id = a.event_id
  where i.person_id = person
  union
  select s.*
  from anonymous_event a
  join consent_statement s
    on s.subject_id = any(a.devices) and s.source = a.source and s.event_id = a.event_id
  where a.visitor_id = person and a.owner_id is null and a.stated is not null
  union
  select s.*
  from consent_statement s
  where s.subject_id = person
    and not exists (
      select from device_event d join anonymous_event a on a.event_no = d.event_no
      where d.device_id = person and d.at = s.at and a.source = s.source
        and a.event_id = s.event_id and a.owner_id is not null)
$$;
