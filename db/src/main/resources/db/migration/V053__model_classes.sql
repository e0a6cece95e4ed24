-- What data a model of our own may be given, where it is not everything. See docs/decisions/045.

create table quota.model_class (
    tenant_id   uuid        not null,
    endpoint_id uuid        not null,
    version     int         not null check (version >= 1),
    data_class  text        not null check (data_class in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED')),
    made_by     text        not null,
    made_at     timestamptz not null,
    reason      text        not null,
    primary key (tenant_id, endpoint_id, version),
    foreign key (tenant_id, endpoint_id) references quota.route (tenant_id, endpoint_id)
);
comment on table quota.model_class is 'The highest class of data that an endpoint''s model is given; the highest version counts. Without one it is given everything: it is in the house.';

alter table quota.model_class enable row level security;
alter table quota.model_class force row level security;
create policy org on quota.model_class for select to quota_org using (true);
create policy web on quota.model_class for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy snapshot on quota.model_class for select to quota_snapshot using (true);
grant select on quota.model_class to quota_web, quota_org;
grant insert on quota.model_class to quota_web;
grant select (tenant_id, endpoint_id, version, data_class) on quota.model_class to quota_snapshot;

-- Whoever serves the portal sees which models there are, and not what opens them.
create policy web on quota.route for select to quota_web using (tenant_id = (select setting.tenant()));
grant select (tenant_id, endpoint_id, project_id, model, withdrawn) on quota.route to quota_web;
