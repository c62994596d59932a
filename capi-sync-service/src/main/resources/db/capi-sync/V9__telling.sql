-- What Meta is about to be told is written down before it is told. Until Meta has answered it may or
-- may not know: a process that dies in between leaves rows that look as if it had been told.
alter table audience_member add column telling boolean not null default false;
update audience_member set telling = true where due_at is not null and sent_keys is not null;
alter table audience_member
  add constraint audience_member_tells_something check (not telling or sent_keys is not null);
