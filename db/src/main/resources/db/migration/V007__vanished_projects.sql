-- A project that is no longer registered keeps its row: what it used still has to be told by name. Nothing new is reserved for it.

alter table quota.project add column vanished boolean not null default false;
comment on column quota.project.vanished is 'No longer registered. Its reservations run out; its usage stays.';
