-- Being an alias is a state of a person that ends again, so that a merge can be undone. What is told
-- of an id stays with that id, and who goes by whom is followed when it is read: nothing one person
-- stated or did is ever written to another.
alter table person
  -- of what was told about the person's being an alias; 0 as long as only profiles say so
  add column alias_revision bigint not null default 0;
create index person_alias on person (alias_of) where alias_of is not null;

-- Every id that goes by the same person now as one of these, that one included; "above" where it lies
-- on the given one's own way to the survivor, this many merges away.
create function ids_of_person(ids uuid[])
  returns table (person_id uuid, survivor uuid, other_id uuid, above int)
  language sql stable
  as $$
    with recursive way(person_id, at_id, depth) as (
      select distinct id, id, 0 from unnest(ids) id
      union -- not "union all": a circle ends
      select w.person_id, p.alias_of, w.depth + 1
      from way w cross join lateral (
        select p.alias_of from person p where p.person_id = w.at_id and p.alias_of is not null
        offset 0 -- by index, also before there are statistics; the same below
      ) p
      where w.depth < 50
    ), now as materialized (
      select w.person_id, (array_agg(w.at_id order by w.depth desc))[1] as survivor
      from way w group by w.person_id
    ), everybody(survivor, at_id) as (
      select distinct n.survivor, n.survivor from now n
      union
      select e.survivor, p.person_id
      from everybody e cross join lateral (
        select p.person_id from person p where p.alias_of = e.at_id offset 0
      ) p
    )
    select n.person_id, n.survivor, e.at_id, w.depth
    from now n
    join everybody e on e.survivor = n.survivor
    left join way w on w.person_id = n.person_id and w.at_id = e.at_id
  $$;

-- Each of the given persons as who they are now, with the newest statement of everybody who goes by
-- that survivor; of two of one revision the one that allows less. Where nobody stated anything, what
-- was assumed of the one nearest to the survivor.
create or replace function persons_now(ids uuid[])
  returns table (person_id uuid, survivor uuid, consent_known boolean, messaging boolean, consent_revision bigint)
  language sql stable
  as $$
    select i.person_id, i.survivor,
      coalesce(bool_or(p.consent_known), false),
      coalesce((array_agg(p.messaging order by p.consent_revision desc,
          case when p.consent_revision > 0 then p.messaging end, i.above desc)
        filter (where p.consent_known))[1], false),
      coalesce(max(p.consent_revision) filter (where p.consent_known), 0)
    from ids_of_person(ids) i
    left join lateral (
      select p.consent_known, p.messaging, p.consent_revision from person p
      where p.person_id = i.other_id
        -- an assumption is nobody else's statement
        and (p.consent_revision > 0 or i.above is not null)
      offset 0
    ) p on true
    group by i.person_id, i.survivor
  $$;
