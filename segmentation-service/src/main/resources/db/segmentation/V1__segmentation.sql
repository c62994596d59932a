-- Who a person is by now, what they allow, what they bought in sum, and when to look at them again.
-- Every transaction that changes anything of a person holds this row, and takes several in the order
-- of their ids.
create table person (
  person_id uuid not null,
  -- the partition of identified-events whose owner watches this person's clock
  partition integer not null,
  -- always the last in a chain of merges: one hop
  survivor uuid,
  consent_revision bigint not null default 0,
  profiling boolean not null default false,
  -- some event's source allowed profiling; counts only while the person stated nothing themselves
  assumed boolean not null default false,
  last_purchase_at timestamptz,
  orders integer not null default 0,
  spent numeric not null default 0,
  -- the scores this person was last judged with
  r smallint,
  f smallint,
  m smallint,
  judged_at timestamptz,
  next_check_at timestamptz,
  constraint person_pk primary key (person_id),
  constraint person_not_its_own_survivor check (survivor <> person_id)
) with (fillfactor = 80);
create index person_of_survivor on person (survivor) where survivor is not null;
create index person_of_partition on person (partition, person_id);
-- the clock asks for the few that are due
create index person_due on person (partition, next_check_at) where next_check_at is not null;

-- Every merge ever announced, so that the survivor follows from the merges and not from their order.
create table person_merge (
  absorbed uuid not null,
  survivor uuid not null,
  constraint person_merge_pk primary key (absorbed, survivor)
);

-- What a person did, once. The highest revision says whose it is; a row without a name waits for an
-- event that moved before it came.
create table behaviour_event (
  source text not null,
  event_id text not null,
  person_id uuid not null,
  revision bigint not null,
  name text,
  at timestamptz,
  value numeric,
  currency text,
  -- one order may be told by several events
  order_key text,
  props jsonb,
  profiling boolean not null default true,
  constraint behaviour_event_pk primary key (source, event_id),
  constraint behaviour_event_complete check ((name is null) = (at is null))
);
create index behaviour_event_of_person on behaviour_event (person_id, name, at);
create index behaviour_event_order on behaviour_event (person_id, order_key, at desc)
  where name = 'Purchase';

-- The quintile edges that live scores go by: one row.
create table rfm_edges (
  id boolean not null default true,
  day date not null,
  computed_at timestamptz not null,
  customers bigint not null,
  recency_days numeric[] not null,
  frequency numeric[] not null,
  monetary numeric[] not null,
  constraint rfm_edges_pk primary key (id),
  constraint rfm_edges_one_row check (id)
);
insert into rfm_edges (day, computed_at, customers, recency_days, frequency, monetary)
values ('1970-01-01', '-infinity', 0, '{}', '{}', '{}');

-- A row for each transaction that changed what somebody bought: the edges are to be computed anew.
create table rfm_change (
  id bigint generated always as identity,
  constraint rfm_change_pk primary key (id)
);

create table segment (
  name text not null,
  description text,
  audience boolean not null,
  definition jsonb not null,
  revision bigint not null,
  updated_at timestamptz not null,
  constraint segment_pk primary key (name)
);

-- What was last published of a person and a segment.
create table membership (
  person_id uuid not null,
  segment text not null,
  audience boolean not null,
  member boolean not null,
  revision bigint not null,
  since timestamptz not null,
  constraint membership_pk primary key (person_id, segment)
);
create index membership_members on membership (segment, person_id) where member;

-- Walks through all persons of a partition, after which each has been judged anew: "all" when a
-- definition changed, "publish" when in addition everything is to be told again, "scores" for those
-- whose scores differ under new edges.
create table walk (
  partition integer not null,
  kind text not null,
  after uuid not null,
  constraint walk_pk primary key (partition, kind),
  constraint walk_kind check (kind in ('all', 'publish', 'scores'))
);

-- Which fifth a value falls into; a value equal to an edge falls into the lower bin.
create function quintile(value numeric, edges numeric[]) returns integer
  language sql immutable
  as $$
    select 1 + (value > edges[1])::integer + (value > edges[2])::integer
      + (value > edges[3])::integer + (value > edges[4])::integer
  $$;

-- Whole days, rounded down, exactly; never negative.
create function whole_days(since timestamptz, until timestamptz) returns integer
  language sql immutable
  as $$ select greatest(0, floor(extract(epoch from until - since) / 86400))::integer $$;

-- The 20, 40, 60 and 80 % quantiles of type 7 (linear interpolation at position (n - 1) p, counted
-- from 0) of values in ascending order, exactly.
create function quintile_edges(ordered numeric[]) returns numeric[]
  language plpgsql immutable
  as $$
    declare
      edges numeric[] := '{}';
      fifths bigint;
      below bigint;
      low numeric;
    begin
      if ordered is null then
        return edges;
      end if;
      for fifth in 1..4 loop
        fifths := (cardinality(ordered) - 1)::bigint * fifth;
        below := fifths / 5;
        low := ordered[below + 1];
        edges := edges
          || (low + coalesce(ordered[below + 2] - low, 0) * (fifths % 5) * 0.2);
      end loop;
      return edges;
    end
  $$;
