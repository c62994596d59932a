-- A value that too many people use, or a role's address, links nobody: it is nobody's.
alter table identifier
  alter column person_id drop not null,
  add column state text not null default 'usable',
  add constraint identifier_state check (state in ('usable', 'blocked', 'role')),
  add constraint identifier_unusable_is_nobodys check (state = 'usable' or person_id is null);

-- visitor_id: who the device's events without an owner are; null while there are none.
alter table device
  add column blocked boolean not null default false,
  add column visitor_id uuid;

alter table person
  add column alias_revision bigint not null default 0,
  add column outsize boolean not null default false;

create index person_outsize on person (person_id) where outsize;
create index identifier_blocked on identifier (identifier_id) where state = 'blocked';
create index device_blocked on device (device_id) where blocked;

-- What was seen together in one event. The id derives from the set, so an event that shows nothing
-- new is recognised by one look. The representative is the strongest identifier that may link.
create table evidence (
  evidence_id uuid not null,
  strong uuid[] not null,
  weak uuid[] not null,
  source text collate "C",
  event_id text collate "C",
  at timestamptz,
  first_seen timestamptz not null,
  undone boolean not null default false,
  representative uuid,
  constraint evidence_pk primary key (evidence_id)
);

create table evidence_of_identifier (
  identifier_id uuid not null,
  evidence_id uuid not null,
  constraint evidence_of_identifier_pk primary key (identifier_id, evidence_id)
);

-- With which strong identifiers of other types a value was seen. The kind is the other's type and
-- pepper key, because during a rotation of the pepper each value goes by two pseudonyms.
create table seen_with (
  value_id uuid not null,
  kind text collate "C" not null,
  other_id uuid not null,
  constraint seen_with_pk primary key (value_id, kind, other_id)
);

-- What was known before there was evidence: each identifier by itself, for the sign-ins made with
-- it, and all of a person's identifiers together.
insert into evidence (evidence_id, strong, weak, first_seen, representative)
select identifier_id, array[identifier_id], '{}', now(), identifier_id from identifier;

insert into evidence (evidence_id, strong, weak, first_seen, representative)
select md5('evidence before V2|' || person_id)::uuid, array_agg(identifier_id order by identifier_id),
  '{}', now(), (array_agg(identifier_id order by identifier_id))[1]
from identifier group by person_id having count(*) > 1;

insert into evidence_of_identifier (identifier_id, evidence_id)
select unnest(strong), evidence_id from evidence;

alter table sign_in rename column identifier_id to evidence_id;

-- Every event of the last months and whose it is. owner_id: the strong identifier that decides, the
-- event's own or that of its device's owner. Only an event without a usable strong identifier has a
-- visitor_id, whom it belongs to while nobody owns it: all such events that share devices, or, without
-- a usable device, the event by itself. person_id: under whom it was last announced.
alter table anonymous_event rename to event;
alter table event rename constraint anonymous_event_pk to event_pk;
alter table event drop constraint anonymous_event_has_a_device;
alter table event
  alter column devices drop not null,
  alter column visitor_id drop not null,
  add column evidence_id uuid,
  add column person_id uuid;
update event e
set person_id = coalesce(
  (select i.person_id from identifier i where i.identifier_id = e.owner_id), e.visitor_id);
alter table event
  alter column person_id set not null,
  add constraint event_has_an_owner_or_a_visitor check (owner_id is not null or visitor_id is not null);

update device d set visitor_id = d.device_id
where exists (select from device_event de join event e using (event_no)
              where de.device_id = d.device_id and e.owner_id is null);

alter index anonymous_event_by_arrival rename to event_by_arrival;
drop index anonymous_event_stated_by_owner;
drop index anonymous_event_stated_by_visitor;
create index event_stated_by_owner on event (owner_id)
  where stated is not null and owner_id is not null and visitor_id is not null;
create index event_of_owner on event (owner_id) where owner_id is not null;
create index event_of_visitor on event (visitor_id) where owner_id is null;

-- Events without a usable strong identifier, and what they stated.
create view anonymous_event as
select event_no, source, event_id, at, received_at, devices, visitor_id, owner_id, stated, revision
from event where visitor_id is not null;

-- Whose a device was at a moment: its latest sign-in until then, else its first one if that comes
-- soon enough after. One row, perhaps with null; written so that the planner can inline it.
create or replace function owner_of_device(device uuid, moment timestamptz, stitch_back interval)
returns table (identifier_id uuid)
language sql stable
as $$
  select coalesce(
    (select e.representative from sign_in s join evidence e using (evidence_id)
     where s.device_id = device and s.at <= moment and e.representative is not null
     order by s.at desc, e.representative desc limit 1),
    (select e.representative from sign_in s join evidence e using (evidence_id)
     where s.device_id = device and s.at > moment and s.at <= moment + stitch_back
       and e.representative is not null
     order by s.at, e.representative limit 1))
$$;

-- Work that the consumer does between batches: evidence that was undone or restored, and events
-- whose person may be another than was said.
create table undoing (
  undoing_no bigint generated always as identity,
  evidence_id uuid not null,
  constraint undoing_pk primary key (undoing_no)
);

create table rejudging (
  rejudging_no bigint generated always as identity,
  event_no bigint not null,
  constraint rejudging_pk primary key (rejudging_no)
);
