-- Allotments: what a replica holds of a limit, and takes from in memory.

create table quota.replica_allotment (
    tenant_id    uuid           not null,
    id           bigint         not null generated always as identity,
    limit_id     uuid           not null,
    period_start timestamptz    not null,
    replica      text           not null,
    epoch        bigint         not null check (epoch >= 1),
    journal      uuid           not null,
    drawn        numeric(38, 0) not null,
    spent        numeric(38, 0) not null default 0 check (spent >= 0),
    returned     numeric(38, 0) not null default 0 check (returned >= 0),
    recalled     bigint         not null default 0,
    answered     bigint         not null default 0 check (answered between 0 and recalled),
    primary key (tenant_id, id),
    unique (tenant_id, limit_id, period_start, replica, epoch),
    foreign key (tenant_id, limit_id, period_start) references quota.limit_period (tenant_id, limit_id, period_start) on delete cascade,
    check (drawn >= spent + returned)
);
create index replica_allotment_of_replica on quota.replica_allotment (replica, epoch);
comment on table quota.replica_allotment is 'Holds drawn − spent − returned, which is counted in the period''s leased. The three only grow, so that a change whose answer was lost can be repeated.';
comment on column quota.replica_allotment.id is 'Shares of attempts name it. A limit that was removed and set again has other allotments, and what was taken of the old ones moves nothing there.';
comment on column quota.replica_allotment.journal is 'Where the intents of the attempts are that took from it. Nobody returns what a former life held but who has that journal.';
comment on column quota.replica_allotment.recalled is 'Number of the last recall by somebody who was short. answered: up to which one its owner has returned what was idle.';

create function quota.require_growth() returns trigger language plpgsql as $$
begin
    if new.drawn < old.drawn or new.spent < old.spent or new.returned < old.returned or new.recalled < old.recalled or new.answered < old.answered then
        raise exception 'allotment %: its counters only grow', old.id using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger allotment_grows before update on quota.replica_allotment for each row execute function quota.require_growth();

alter table quota.replica_allotment enable row level security;
alter table quota.replica_allotment force row level security;
create policy web on quota.replica_allotment for select to quota_web using (tenant_id = (select setting.tenant()));
create policy org on quota.replica_allotment for select to quota_org using (true);
create policy settle on quota.replica_allotment for all to quota_settle
    using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
-- Of all tenants a replica sees what is recalled of it, and what its former lives and silent ones left.
create policy recover on quota.replica_allotment for select to quota_settle using (true);
grant select on quota.replica_allotment to quota_web, quota_org;
grant select, insert, delete on quota.replica_allotment to quota_settle;
grant update (drawn, spent, returned, recalled, answered) on quota.replica_allotment to quota_settle;

alter table quota.replica add column contact_at timestamptz;
comment on column quota.replica.contact_at is 'By the database''s clock: when this life was there for the last time. Null: not since it started.';
