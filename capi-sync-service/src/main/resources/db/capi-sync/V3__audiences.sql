-- A segment's Custom Audience at Meta. One writer at a time: the order of changes to an audience counts.
create table audience (
  segment text not null,
  audience_id text,
  claim text,
  claimed_until timestamptz,
  due_at timestamptz not null default now(),
  failures int not null default 0,
  last_sync_at timestamptz,
  last_failure text,
  constraint audience_pk primary key (segment)
);

-- Who belongs into which audience, and what Meta was told.
create table audience_member (
  segment text not null,
  person_id uuid not null,
  member boolean not null,
  revision bigint not null,
  -- Meta may have this person in the audience: from the moment they belonged there, whether or not we
  -- got round to saying so, since a database restored to an earlier moment has forgotten what it said
  there boolean not null,
  -- the sealed keys that Meta was told, null if we know of none
  sent_keys text,
  -- grows whenever something changes; what the writer read it compares with when it is done
  version bigint not null default 0,
  due_at timestamptz,
  constraint audience_member_pk primary key (segment, person_id)
) with (fillfactor = 80);
alter table audience_member alter column sent_keys set storage external;

create index audience_member_due on audience_member (segment, due_at) where due_at is not null;
create index audience_member_of_person on audience_member (person_id);
