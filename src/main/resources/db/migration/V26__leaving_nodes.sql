-- A node that ends while it still answers requests takes nothing any more: the others share what it gives up.
alter table node add column leaving boolean not null default false;
