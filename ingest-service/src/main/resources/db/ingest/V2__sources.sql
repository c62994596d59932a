-- Who may send: sources made through the API, and write keys of these and of configured sources.

create table source (
  -- bytewise, so that pages come in the order in which the service sorts
  id text collate "C" primary key,
  definition jsonb not null,
  revision bigint not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  -- its keys stay known, so that who still sends is told that the source is off
  disabled_at timestamptz
);

create table write_key (
  id text collate "C" primary key,
  -- no reference: a source given by configuration has no row
  source text not null,
  name text not null,
  -- the key itself is nowhere
  sha256 text not null constraint write_key_is_hashed check (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  constraint write_key_is_known_once unique (sha256)
);

create index write_key_of_source on write_key (source, id);

-- One row that grows with every change of the two tables: all that an instance reads each second.
create table sources_revision (
  only_row boolean primary key default true constraint one_row check (only_row),
  revision bigint not null
);

insert into sources_revision (revision) values (0);
