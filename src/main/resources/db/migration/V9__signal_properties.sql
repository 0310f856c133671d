-- The MQTT 5 properties of the message that a signal sends.
alter table signal add column properties jsonb;
