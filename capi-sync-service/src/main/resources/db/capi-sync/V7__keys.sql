-- To which keys the envelopes in such a text are sealed, sorted. Tink writes a byte 1 and the key's id
-- (4 bytes, big-endian) in front of what it encrypts; what doesn't begin so is left out. Calls nothing
-- but built-in functions: a restore computes the columns before it knows any search path.
create function sealing_keys(envelopes text) returns bigint[]
  language sql immutable strict parallel safe
  as $$
    select coalesce(array_agg(distinct
      (get_byte(head, 1)::bigint << 24) | (get_byte(head, 2) << 16)
        | (get_byte(head, 3) << 8) | get_byte(head, 4)), '{}')
    from jsonb_path_query(envelopes::jsonb, 'lax $[*].sealed.key') as wrapped,
      lateral (select case when wrapped #>> '{}' ~ '^A[Q-Za-f][A-Za-z0-9_-]{6}'
        then decode(translate(substr(wrapped #>> '{}', 1, 8), '-_', '+/'), 'base64') end) as d (head)
    where head is not null
  $$;

alter table person add column sealing_keys bigint[]
  generated always as (sealing_keys(match_keys)) stored;
create index person_sealed_to on person (sealing_keys, person_id) where match_keys is not null;

alter table audience_member add column sealing_keys bigint[]
  generated always as (sealing_keys(sent_keys)) stored;
create index audience_member_sealed_to on audience_member (sealing_keys, person_id, segment)
  where sent_keys is not null;
