-- Products under Meta's names for their fields. The whole product is one document: what the feed needs
-- is all of it, and Meta's list of fields grows.
create table product (
  id text collate "C" not null,
  fields jsonb not null,
  updated_at timestamptz not null,
  constraint product_pk primary key (id)
);
