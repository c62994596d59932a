-- How often an event was tried is the number of requests that held it: a claim is no try.
alter table conversion drop column attempts;
