-- Being an alias is a state of a person that ends again, so that a merge can be undone: who was told
-- to be whose alias, and what was told of each id alone, is kept beside what follows from it.
alter table person
  -- the latest told; the survivor is the end of the chain that these make
  add column alias_of uuid,
  add column alias_revision bigint not null default 0,
  -- what was stated under this very id; consent_revision and profiling are what follows from the
  -- statements of everybody who goes by this person
  add column stated_revision bigint not null default 0,
  add column stated_profiling boolean not null default false;

update person set
  alias_of = case when survivor < person_id then survivor end,
  stated_revision = consent_revision,
  stated_profiling = profiling
where survivor is not null or consent_revision > 0;

-- chains of aliases lead to ever smaller ids, so they end
alter table person add constraint person_alias_of_a_smaller check (alias_of < person_id);

drop table person_merge;

-- Whose the event was told to be, where that is somebody else than whose it is now: person_id is the
-- one this person goes by.
alter table behaviour_event
  add column told uuid,
  add constraint behaviour_event_told_of_another check (told <> person_id);
