-- The wall clock in microseconds, from which revisions are taken: a database restored to an earlier
-- moment goes on with revisions above all that it has forgotten.
create function clock_micros() returns bigint
language sql volatile
return (extract(epoch from clock_timestamp()) * 1000000)::bigint;

-- What clients sent lately. Sixteen daily partitions in a ring: slot = day modulo 16. A day's partition
-- is emptied by truncation long before its slot comes round again.
create table recent_event (
  source text collate "C" not null,
  event_id text collate "C" not null,
  slot smallint not null,
  received_on date not null,
  constraint recent_event_once primary key (source, event_id, slot)
) partition by list (slot);

do $$
begin
  for slot in 0..15 loop
    execute format(
      'create table recent_event_%s partition of recent_event for values in (%s)', slot, slot);
  end loop;
end $$;

-- Persons. A row is the lock of everything its person owns: identifiers, consents, envelopes and the
-- revisions under which they are published. Visitors have a row only once they stated something.
create table person (
  person_id uuid not null,
  merged_into uuid,
  stated_ads boolean,
  stated_profiling boolean,
  stated_messaging boolean,
  assumed_ads boolean,
  assumed_profiling boolean,
  assumed_messaging boolean,
  consent_revision bigint not null default 0,
  profile_revision bigint not null default 0,
  constraint person_pk primary key (person_id),
  constraint person_survivor foreign key (merged_into) references person (person_id),
  constraint person_is_not_its_own_survivor check (merged_into <> person_id),
  constraint person_nothing_stated_at_revision_0 check (
    consent_revision > 0
    or (stated_ads is null and stated_profiling is null and stated_messaging is null))
) with (fillfactor = 80);

-- merged_into always names the last survivor, so this index answers "which ids does a person go by".
create index person_absorbed on person (merged_into) where merged_into is not null;

-- Strong identifiers and whose they are. The id is that of the person the identifier would be alone.
create table identifier (
  identifier_id uuid not null,
  type text not null,
  pseudonym text not null,
  person_id uuid not null,
  constraint identifier_pk primary key (identifier_id),
  constraint identifier_person foreign key (person_id) references person (person_id)
);

create index identifier_of_person on identifier (person_id);

-- Weak identifiers. A row is the lock of the device's sign-ins and anonymous events.
create table device (
  device_id uuid not null,
  type text not null,
  pseudonym text not null,
  constraint device_pk primary key (device_id)
);

-- From when on a device was whose: the strong identifier of the event that showed it.
create table sign_in (
  device_id uuid not null,
  at timestamptz not null,
  identifier_id uuid not null,
  received_on date not null,
  constraint sign_in_pk primary key (device_id, at, identifier_id)
);

create index sign_in_by_arrival on sign_in using brin (received_on) with (pages_per_range = 16);

-- Events without a strong identifier, kept for a while because a sign-in that arrives late can give
-- them another owner.
create table anonymous_event (
  event_no bigint generated always as identity,
  source text not null,
  event_id text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  devices uuid[] not null,
  visitor_id uuid not null,
  owner_id uuid,
  stated jsonb,
  revision bigint not null,
  constraint anonymous_event_pk primary key (event_no),
  constraint anonymous_event_has_a_device check (cardinality(devices) > 0)
) with (fillfactor = 85);

create index anonymous_event_by_arrival on anonymous_event using brin (received_at) with (pages_per_range = 16);
-- few anonymous events state a consent; these find a person's
create index anonymous_event_stated_by_owner on anonymous_event (owner_id)
  where stated is not null and owner_id is not null;
create index anonymous_event_stated_by_visitor on anonymous_event (visitor_id)
  where stated is not null and owner_id is null;

create table device_event (
  device_id uuid not null,
  at timestamptz not null,
  event_no bigint not null,
  constraint device_event_pk primary key (device_id, at, event_no)
);

-- Whose a device was at a moment: its latest sign-in until then, else its first one if that comes
-- soon enough after. One row, perhaps with null; written so that the planner can inline it.
create function owner_of_device(device uuid, moment timestamptz, stitch_back interval)
returns table (identifier_id uuid)
language sql stable
as $$
  select coalesce(
    (select s.identifier_id from sign_in s
     where s.device_id = device and s.at <= moment
     order by s.at desc, s.identifier_id desc limit 1),
    (select s.identifier_id from sign_in s
     where s.device_id = device and s.at > moment and s.at <= moment + stitch_back
     order by s.at, s.identifier_id limit 1))
$$;

-- The latest statement made with each identifier; a person's is the latest of all its identifiers'.
-- The subject is a strong identifier, or a visitor whose anonymous events have been forgotten.
create table consent (
  subject_id uuid not null,
  purpose text not null,
  value boolean not null,
  at timestamptz not null,
  source text not null,
  event_id text not null,
  constraint consent_pk primary key (subject_id, purpose),
  constraint consent_purpose check (purpose in ('ads', 'profiling', 'messaging'))
) with (fillfactor = 80);

-- What a person was held to have stated, change by change, with the event that proves it. Only ever
-- added to.
create table consent_history (
  history_no bigint generated always as identity,
  person_id uuid not null,
  purpose text not null,
  value boolean,
  at timestamptz,
  source text,
  event_id text,
  revision bigint not null,
  constraint consent_history_pk primary key (history_no),
  constraint consent_history_purpose check (purpose in ('ads', 'profiling', 'messaging'))
);

create index consent_history_of_person on consent_history (person_id);

-- The sealed envelope kept for each strong identifier: of the newest day the fullest, of those the first.
create table envelope (
  identifier_id uuid not null,
  kind text not null,
  day bigint not null,
  size int not null,
  at timestamptz not null,
  source text collate "C" not null,
  event_id text collate "C" not null,
  key text not null,
  box text not null,
  constraint envelope_pk primary key (identifier_id, kind),
  constraint envelope_kind check (kind in ('match_keys', 'contact'))
) with (fillfactor = 80);
