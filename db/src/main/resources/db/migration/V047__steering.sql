-- How a project wants its calls answered: by which other model, and what comes before a budget refuses. See docs/decisions/046.

create table quota.steering (
    tenant_id  uuid        not null references quota.tenant,
    project_id uuid        not null,
    version    int         not null check (version >= 1),
    rules      jsonb       not null check (jsonb_typeof(rules) = 'array'),
    ladder     jsonb       check (jsonb_typeof(ladder) = 'object'),
    made_by    text        not null,
    made_at    timestamptz not null,
    reason     text        not null,
    primary key (tenant_id, project_id, version),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id)
);
comment on table quota.steering is 'The highest version of a project counts. Rows are added and never changed. A project that moves to another tenant has none there.';

alter table quota.steering enable row level security;
alter table quota.steering force row level security;
create policy org on quota.steering for select to quota_org using (true);
create policy web on quota.steering for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy snapshot on quota.steering for select to quota_snapshot using (true);
grant select on quota.steering to quota_org;
grant select, insert on quota.steering to quota_web;
grant select (tenant_id, project_id, version, rules, ladder) on quota.steering to quota_snapshot;

-- What a key is for may decide what answers its calls.
grant select (purpose) on quota.api_key to quota_snapshot;
