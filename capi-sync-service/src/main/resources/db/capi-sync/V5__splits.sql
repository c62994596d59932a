-- Being an alias is a state of a person that ends again, so that a merge can be undone.
alter table person
  -- of what was told about the person's being an alias; 0 as long as only profiles say so
  add column alias_revision bigint not null default 0,
  -- whose alias the person was last before that ended: Meta was told their keys under that name
  add column split_from uuid;
create index person_alias on person (alias_of) where alias_of is not null;
create index person_split on person (split_from) where split_from is not null;

-- Each of the given persons as who they are now: the survivor at the end of their merges, and the
-- newest statement of everybody who goes by that survivor; of two of one revision the one that allows
-- less. Where nobody stated anything, what was assumed of the one nearest to the survivor. Merges may
-- arrive in any order and be undone, so both ways are followed when they are read: nothing one person
-- stated is ever written to another.
create or replace function persons_now(ids uuid[])
  returns table (person_id uuid, survivor uuid, consent_known boolean, ads boolean, consent_revision bigint)
  language sql stable
  as $$
    with recursive way(person_id, depth, at_id, next_id, known, assumed, ads, revision) as (
      select i.id, 0, i.id, p.alias_of, coalesce(p.consent_known, false),
        p.ads, p.ads, coalesce(p.consent_revision, 0)
      from (select distinct id from unnest(ids) id) i
      left join lateral (
        select * from person p where p.person_id = i.id
        offset 0 -- by index, also before there are statistics; the same below
      ) p on true
      union all
      select w.person_id, w.depth + 1, w.next_id, p.alias_of,
        w.known or coalesce(p.consent_known, false),
        case when p.consent_known then p.ads else w.assumed end,
        p.ads, coalesce(p.consent_revision, 0)
      from way w
      left join lateral (select * from person p where p.person_id = w.next_id offset 0) p on true
      where w.next_id is not null and w.depth < 50 -- a circle ends
    ), now as materialized (
      select * from way where next_id is null or depth = 50
    ), everybody(survivor, at_id, ads, revision) as (
      select distinct n.at_id, n.at_id, n.ads, n.revision from now n
      union -- not "union all": a circle ends
      select e.survivor, p.person_id, p.ads, p.consent_revision
      from everybody e
      cross join lateral (select * from person p where p.alias_of = e.at_id offset 0) p
    ), stated as (
      select distinct on (survivor) survivor, ads, revision
      from everybody where revision > 0
      order by survivor, revision desc, ads
    )
    select n.person_id, n.at_id, n.known or s.survivor is not null,
      coalesce(s.ads, n.known and n.assumed), coalesce(s.revision, 0)
    from now n left join stated s on s.survivor = n.at_id
  $$;
