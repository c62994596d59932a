-- To which of its receiver's keys an envelope is sealed. Tink writes a byte 1 and the key's id (4 bytes,
-- big-endian) in front of what it encrypts; null for what doesn't begin so.
create function sealing_key(wrapped text) returns bigint
  language sql immutable strict parallel safe
  as $$
    select case when wrapped ~ '^A[Q-Za-f][A-Za-z0-9_-]{6}' then
      (get_byte(head, 1)::bigint << 24) | (get_byte(head, 2) << 16)
        | (get_byte(head, 3) << 8) | get_byte(head, 4) end
    from (select case when wrapped ~ '^A[Q-Za-f][A-Za-z0-9_-]{6}'
      then decode(translate(substr(wrapped, 1, 8), '-_', '+/'), 'base64') end) as d (head)
  $$;

alter table envelope add column sealing_key bigint
  generated always as (sealing_key(key)) stored;
create index envelope_sealed_to on envelope (kind, sealing_key);
