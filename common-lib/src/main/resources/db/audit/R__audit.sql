-- Who did what, when, to whose data, on what ground: each entry is a link that carries the hash of the
-- one before. How a hash is made: docs/decisions/0005-audit-hash-chain.md.
--
-- Repeatable, so that it needs no number among those of a service: what is here already stays as it is.
create table if not exists audit_entry (
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id text,
  subject_salt bytea,
  subject_seal bytea,
  ground text not null,
  details jsonb not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_entry_pk primary key (seq),
  constraint audit_entry_hashes_whole check (octet_length(prev_hash) = 32 and octet_length(hash) = 32),
  constraint audit_entry_only_persons_sealed check (subject_type = 'person' or subject_seal is null)
);
-- whose data: asked for by auditors, and emptied by an erasure
create index if not exists audit_entry_subject on audit_entry (subject_type, subject_id, seq) where subject_id is not null;
-- what somebody did seldom, among all the disclosures
create index if not exists audit_entry_action on audit_entry (action, seq);

-- Where the chain ends, and up to where it was removed because its retention was over. Whoever appends
-- holds this row until its transaction ends.
create table if not exists audit_head (
  only_row boolean not null default true,
  last_seq bigint not null,
  last_hash bytea not null,
  removed_seq bigint not null,
  removed_hash bytea not null,
  constraint audit_head_pk primary key (only_row),
  constraint audit_head_only_row check (only_row),
  constraint audit_head_order check (removed_seq between 0 and last_seq)
) with (fillfactor = 50); -- updated in place
insert into audit_head (last_seq, last_hash, removed_seq, removed_hash)
values (0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'))
on conflict do nothing;

create or replace function audit_entry_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.seq <= (select removed_seq from audit_head) then
    return old; -- its removal is itself an entry of the chain
  end if;
  if tg_op = 'UPDATE' and old.subject_type = 'person'
     and new.subject_id is null and new.subject_salt is null
     and to_jsonb(new) - 'subject_id' - 'subject_salt' = to_jsonb(old) - 'subject_id' - 'subject_salt' then
    return new; -- an erasure: the seal stays, and what it was made of is gone
  end if;
  raise exception 'audit entries are never changed or removed' using errcode = 'insufficient_privilege';
end $$;
create or replace trigger audit_entry_stays before update or delete on audit_entry
  for each row execute function audit_entry_stays();
create or replace trigger audit_entry_stays_whole before truncate on audit_entry
  for each statement execute function audit_entry_stays();

create or replace function audit_head_goes_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.last_seq >= old.last_seq and new.removed_seq >= old.removed_seq then
    return new;
  end if;
  raise exception 'the head of the audit only goes forward' using errcode = 'insufficient_privilege';
end $$;
create or replace trigger audit_head_goes_forward before update or delete on audit_head
  for each row execute function audit_head_goes_forward();
create or replace trigger audit_head_stays before truncate on audit_head
  for each statement execute function audit_head_goes_forward();
