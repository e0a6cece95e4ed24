-- Servers outside of the house, what may be sent to them, and a receipt of what was. See docs/decisions/045.

create table quota.upstream (
    name           text        not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$'),
    version        int         not null check (version >= 1),
    address        text        not null,
    takes          text        not null check (takes in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED')),
    most_under_way int         not null check (most_under_way >= 1),
    made_by        text        not null,
    made_at        timestamptz not null,
    reason         text,
    primary key (name, version)
);
comment on table quota.upstream is 'The highest version of a name counts; one without models is withdrawn. Rows are added and never changed.';
comment on column quota.upstream.takes is 'The highest class of data that it may be given.';
comment on column quota.upstream.most_under_way is 'Of one replica.';

create table quota.upstream_model (
    upstream            text   not null,
    version             int    not null,
    place               int    not null check (place >= 1),
    endpoint_id         uuid   not null,
    name                text   not null,
    served_model        text   not null,
    tasks               text[] not null check (cardinality(tasks) >= 1),
    context_tokens      bigint not null check (context_tokens > 0),
    max_output_tokens   bigint not null check (max_output_tokens > 0),
    max_tokens_per_byte int    check (max_tokens_per_byte > 0),
    sku                 text   not null,
    primary key (upstream, version, place),
    unique (upstream, version, name),
    foreign key (upstream, version) references quota.upstream
);
comment on column quota.upstream_model.endpoint_id is 'What the ledger knows it by; made from the names of the upstream and the model, so that it stays over versions.';

create table quota.upstream_key (
    upstream    text not null primary key,
    key_version int  not null,
    sealed      bytea not null
);
comment on table quota.upstream_key is 'What the upstream demands: AES-256-GCM, bound to its name. Replaced and deleted, never kept beside a newer one.';

create table quota.data_class (
    tenant_id  uuid        not null references quota.tenant,
    project_id uuid        not null,
    version    int         not null check (version >= 1),
    data_class text        not null check (data_class in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED')),
    made_by    text        not null,
    made_at    timestamptz not null,
    reason     text        not null,
    primary key (tenant_id, project_id, version),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id)
);
comment on table quota.data_class is 'Of a project''s data; the highest version counts. Without one nothing leaves. A project that moves to another tenant has none there.';

create table quota.usage_egress (
    tenant_id  uuid     not null references quota.tenant,
    id         smallint not null check (id >= 1),
    upstream   text     not null,
    version    int      not null,
    data_class text     not null,
    asked_as   text     not null,
    primary key (tenant_id, id),
    unique (tenant_id, upstream, version, data_class, asked_as)
);
comment on table quota.usage_egress is 'Words that rows of usage name by their column upstream: 0 stayed in the house. With the row that names it, it is the receipt.';
comment on column quota.usage.upstream is '0: an engine of ours. Otherwise quota.usage_egress.';

do $$
declare t text;
begin
    foreach t in array array['data_class', 'usage_egress'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('grant select on quota.%I to quota_web, quota_org', t);
    end loop;
end
$$;

create policy web on quota.data_class for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy snapshot on quota.data_class for select to quota_snapshot using (true);
grant insert on quota.data_class to quota_web;
grant select (tenant_id, project_id, version, data_class) on quota.data_class to quota_snapshot;

create policy web on quota.usage_egress for select to quota_web using (tenant_id = (select setting.tenant()));
create policy settle on quota.usage_egress for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
grant select, insert on quota.usage_egress to quota_settle;

grant select on quota.upstream, quota.upstream_model to quota_web, quota_snapshot;
grant insert on quota.upstream, quota.upstream_model to quota_web;
-- Whoever serves the portal writes keys and cannot read them back.
grant select (upstream), insert, update, delete on quota.upstream_key to quota_web;
grant select on quota.upstream_key to quota_snapshot;
