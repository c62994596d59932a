-- What of whom went to Meta. The audit has one link for each request; whose data a request held stands
-- here and with each conversion, so that it can be told per person and an erasure finds it.

-- Each request to change a Custom Audience, numbered together with those to the Conversions API, so that
-- what was told of a person has one order.
create table audience_batch (
  id bigint not null default nextval('conversion_batch_id_seq'),
  sent_at timestamptz not null,
  segment text not null,
  audience_id text not null,
  change text not null,
  size int not null,
  outcome text not null,
  constraint audience_batch_pk primary key (id),
  constraint audience_batch_change_known check (change in ('added', 'removed'))
);

-- Whose rows it held.
create table audience_batch_person (
  person_id uuid not null,
  batch_id bigint not null,
  constraint audience_batch_person_pk primary key (person_id, batch_id)
);
-- rows lie in the order they came, so the sweep finds the old ones in few blocks
create index audience_batch_person_batch on audience_batch_person using brin (batch_id);

-- Whether the person allowed ads at any time we heard of. Nobody else can ever have been disclosed, so
-- of nobody else may a removal be told, which would be a disclosure itself.
alter table person add column ads_once boolean not null default false;
update person set ads_once = true where ads;
