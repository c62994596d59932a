-- Who was erased, and when: all that is left of an erased person. An id is that which the identifier had
-- as a person on its own before any erasure, a hash of its pseudonym. What happened with it until an
-- erasure is refused; what happens later is a new person's.
create table erased_identifier (
  first_id uuid not null,
  erased_at timestamptz not null,
  constraint erased_identifier_pk primary key (first_id, erased_at)
);

-- What persons asked for. It says nothing of who they are once it is completed, but for an access
-- request as long as its export is kept.
create table privacy_request (
  request_no bigint generated always as identity,
  request_id uuid not null,
  partition_no int not null, -- of its topic; who owns that watches the request
  type text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  carried_out_at timestamptz, -- null while only the door knows of it
  privacy_order jsonb, -- while services have to answer it
  person_id uuid, -- whose export it is
  counts jsonb, -- what identity itself erased, until its receipt
  outbox_mark bigint, -- what identity had to send by then may still tell of the person
  next_order_at timestamptz,
  orders int not null default 0,
  warned_at timestamptz,
  completed_at timestamptz,
  export_deleted_at timestamptz,
  constraint privacy_request_pk primary key (request_id),
  constraint privacy_request_no_once unique (request_no),
  constraint privacy_request_type check (type in ('access', 'erasure')),
  constraint privacy_request_completed_says_no_identifiers check (completed_at is null or privacy_order is null)
);

create index privacy_request_open on privacy_request (partition_no) where completed_at is null;
create index privacy_request_of_person on privacy_request (person_id) where person_id is not null;

-- What each service answered; of several answers the first. No reference to the request: after a restore
-- a receipt can come before it.
create table privacy_receipt (
  request_id uuid not null,
  service text not null,
  at timestamptz not null,
  counts jsonb not null,
  ages_out jsonb not null,
  constraint privacy_receipt_pk primary key (request_id, service)
);

-- Access exports as they came, sealed, part by part; those of one answer have one time.
create table privacy_export_part (
  request_id uuid not null,
  service text not null,
  at timestamptz not null,
  part int not null,
  parts int not null,
  key text not null,
  box text not null,
  constraint privacy_export_part_pk primary key (request_id, service, at, part)
);
alter table privacy_export_part alter column box set storage external; -- sealed: doesn't compress

-- An erasure finds a person's devices by it.
create index sign_in_of_evidence on sign_in (evidence_id);

-- A person's events: those that are held to be theirs, those on their own devices that are nobody's,
-- and those that no other device tells of.
create function events_of(identifiers uuid[], own_devices uuid[]) returns table (event_no bigint)
language sql stable
as $$
  select e.event_no from event e where e.owner_id = any(identifiers)
  union
  select e.event_no
  from device_event p join event e using (event_no)
  where p.device_id = any(own_devices) and (e.owner_id is null or e.devices <@ own_devices)
$$;
