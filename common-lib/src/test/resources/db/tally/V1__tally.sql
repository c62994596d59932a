-- How often the tests' handler took each record, which is to be once.
create table tally (
  id text not null,
  times int not null,
  constraint tally_pk primary key (id)
);
