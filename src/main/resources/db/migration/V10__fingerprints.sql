-- Which message it is: some brokers give the identifier of an unreleased message to another one, which must not be taken
-- for it. What is in flight while this runs is recorded again when it comes again.
delete from unreleased_packet;
alter table unreleased_packet add column fingerprint bigint not null;
