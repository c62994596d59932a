-- What this service has to know of a person before it writes to them: whether they allow it, who they
-- turned out to be, and their contact, sealed.
create table person (
  person_id uuid not null,
  alias_of uuid,
  consent_known boolean not null default false,
  messaging boolean not null default false,
  consent_revision bigint not null default 0,
  profile_revision bigint not null default 0,
  contact text,
  constraint person_pk primary key (person_id),
  constraint person_not_its_own_alias check (alias_of <> person_id)
) with (fillfactor = 80);
-- sealed contacts don't compress
alter table person alter column contact set storage external;

-- Each of the given persons as who they are now. Merges may arrive in any order, so chains are
-- followed when they are read.
create function persons_now(ids uuid[])
  returns table (person_id uuid, survivor uuid, consent_known boolean, messaging boolean, consent_revision bigint)
  language sql stable
  as $$
    with recursive way(person_id, at_id, depth) as (
      select distinct id, id, 0 from unnest(ids) id
      union -- not "union all": a circle ends
      select w.person_id, p.alias_of, w.depth + 1
      from way w join person p on p.person_id = w.at_id
      where p.alias_of is not null and w.depth < 50
    )
    select w.person_id,
      (array_agg(w.at_id order by w.depth desc))[1],
      coalesce(bool_or(p.consent_known), false),
      coalesce((array_agg(p.messaging order by p.consent_revision desc, w.depth desc)
        filter (where p.consent_known))[1], false),
      coalesce(max(p.consent_revision) filter (where p.consent_known), 0)
    from way w left join person p on p.person_id = w.at_id
    group by w.person_id
  $$;
