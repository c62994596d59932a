-- What each set of identifiers has brought best, so that an event that brings nothing better needn't
-- be compared with the envelopes of all its identifiers. Null: not looked at yet.
alter table evidence
  add column brought_day bigint,
  add column brought_match_keys int,
  add column brought_contact int,
  add column brought_since timestamptz;
alter table evidence set (fillfactor = 80); -- changes about once a day, and no index with it

-- A set's sign-ins are found by its devices, and every event of a known device adds one.
drop index sign_in_of_evidence;
