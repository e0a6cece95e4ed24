-- Limits on people and on some models, limits that only warn, and what was warned of.

comment on column quota.limit_rule.hard is 'False: it refuses nothing; its use is counted, and people are warned.';
comment on column quota.limit_rule.models is 'Null: all models. Otherwise names as callers write them, sorted, so that the same models are the same limit.';
alter table quota.limit_rule add check (models is null or (cardinality(models) between 1 and 100 and meter not in ('SLICES', 'GPU_TIME')));

-- A person has a node in each project where somebody limits them; its name is the subject of their sign-in.
create unique index node_of_person on quota.node (tenant_id, parent_id, name) where kind = 'user';

create table quota.limit_warning (
    tenant_id  uuid           not null,
    limit_id   uuid           not null,
    since      timestamptz    not null,
    until      timestamptz    not null,
    percent    int            not null check (percent between 1 and 100),
    amount     numeric(38, 0) not null check (amount > 0),
    used       numeric(38, 0) not null check (used >= 0),
    warned_at  timestamptz    not null,
    primary key (tenant_id, limit_id, since, percent, amount),
    foreign key (tenant_id, limit_id) references quota.limit_rule (tenant_id, id) on delete cascade,
    check (since < until)
);
comment on table quota.limit_warning is 'That the use of a limit passed a threshold: once from since until, for as long as the limit has this amount.';
comment on column quota.limit_warning.since is 'Start of the limit''s period. Of minutes, hours and what is held at a moment: of the tenant''s day, so that they warn once a day at most.';
comment on column quota.limit_warning.used is 'What was used when it was seen.';

-- Looked through every second for periods that passed a threshold.
create index limit_period_end on quota.limit_period (period_end);

alter table quota.limit_warning enable row level security;
alter table quota.limit_warning force row level security;
create policy web on quota.limit_warning for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy org on quota.limit_warning for select to quota_org using (true);
grant select, insert on quota.limit_warning to quota_web;
grant select on quota.limit_warning to quota_org;
-- Those of periods long past are forgotten for all tenants at once, like the periods; the audit trail keeps them.
create policy see_past on quota.limit_warning for select to quota_settle using (until < now() - interval '1 day');
create policy forget_past on quota.limit_warning for delete to quota_settle using (until < now() - interval '1 day');
grant select, delete on quota.limit_warning to quota_settle;
