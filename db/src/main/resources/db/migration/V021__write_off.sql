-- Replicas that are gone for good with their disks, and what is written off of them until their journals turn up. See docs/decisions/017.

create table quota.write_off (
    id          uuid        not null primary key default uuidv7(),
    replica     text        not null references quota.replica,
    journal     uuid        not null,
    epoch       bigint      not null check (epoch >= 1),
    heard_at    timestamptz,
    attempts    bigint      not null check (attempts >= 0),
    made_at     timestamptz not null default clock_timestamp(),
    made_by     text        not null,
    reason      text        not null check (reason <> ''),
    reversed_at timestamptz check (reversed_at >= made_at)
);
-- One journal, one disk: declared twice is declared once, until it has turned up.
create unique index write_off_in_force on quota.write_off (journal, replica) where reversed_at is null;
comment on table quota.write_off is 'That a replica will not come back. What it holds of limits stays counted until the periods end; what its calls can have cost is booked as platform loss.';
comment on column quota.write_off.epoch is 'Of its last life: what this and earlier ones with the journal hold is written off.';
comment on column quota.write_off.attempts is 'Under way by its last word.';
comment on column quota.write_off.reversed_at is 'When everything in the journal was settled all the same, and the loss was taken back. Null: in force.';

alter table quota.entry
    add column write_off_id uuid,
    drop constraint entry_kind,
    drop constraint entry_check1;
alter table quota.entry
    add constraint entry_kind check (kind in ('calls', 'loss', 'found', 'correction', 'slice-time', 'written-off', 'written-back')),
    add constraint entry_has_a_cause check ((call_id is null) = (attempt is null) and (cause is null) = (call_id is null and write_off_id is null)),
    add constraint entry_names_its_replica check ((kind in ('written-off', 'written-back')) = (write_off_id is not null));
comment on column quota.entry.write_off_id is 'quota.write_off, from which no row is ever removed. No foreign key: those of tenants begin with the tenant, and it is nobody''s.';
-- What is written off is booked once, and taken back once.
create unique index entry_of_write_off on quota.entry (tenant_id, write_off_id, kind) where write_off_id is not null;
create index entry_by_write_off on quota.entry (write_off_id) where write_off_id is not null;
comment on table quota.entry is 'calls: what the attempts of one batch cost their callers. loss: what one attempt used and nobody pays, naming its intent. found: what its engine counted of it beyond that, or did not. correction: what an attempt cost its caller that was told after its day was archived. slice-time: one row of slice_usage. written-off: what calls of a replica that is gone can have cost at most; written-back: its journal turned up.';

grant select, insert on quota.write_off to quota_settle;
grant update (reversed_at) on quota.write_off to quota_settle;
grant select on quota.write_off to quota_org;
-- Of all tenants: whose money was written off with a replica.
create policy written_off_see on quota.entry for select to quota_settle using (write_off_id is not null);
