-- What the gateway asks for each call: who holds a key, and where a model is served.

create table quota.api_key (
    tenant_id      uuid        not null,
    id             uuid        not null,
    project_id     uuid        not null,
    name           text        not null,
    public_id      text        not null check (public_id ~ '^[a-z2-7]{16}$'),
    pepper_version int         not null check (pepper_version > 0),
    hmac           bytea       not null check (octet_length(hmac) = 32),
    models         text[]      check (cardinality(models) between 1 and 100),
    created_by     text        not null,
    created_at     timestamptz not null,
    expires_at     timestamptz check (expires_at > created_at),
    revoked_at     timestamptz,
    revoked_by     text,
    last_used_at   timestamptz,
    version        bigint      not null default 1,
    primary key (tenant_id, id),
    unique (tenant_id, public_id),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id),
    -- Its place in the budget tree, under its project's.
    foreign key (tenant_id, id) references quota.node (tenant_id, id),
    check ((revoked_at is null) = (revoked_by is null))
);
comment on column quota.api_key.public_id is 'The part of the key that finds it. 80 random bits of ours: unique without a constraint over all tenants, which would tell one tenant of another.';
comment on column quota.api_key.hmac is 'HMAC-SHA256 of the whole key under the pepper of this version, which is not in the database. The key itself is kept nowhere.';
comment on column quota.api_key.models is 'Null: all that its project may call.';
comment on column quota.api_key.last_used_at is 'To the minute.';
comment on column quota.api_key.version is 'Grows with every change but the last use.';
create index api_key_project on quota.api_key (tenant_id, project_id);

create table quota.route (
    tenant_id           uuid    not null references quota.tenant,
    endpoint_id         uuid    not null,
    version             bigint  not null check (version > 0),
    withdrawn           boolean not null,
    project_id          uuid,
    model               text,
    shared              boolean,
    address             text,
    engine_key          bytea,
    engine_key_version  int,
    engine              text,
    served_model        text,
    tasks               text[],
    context_tokens      bigint  check (context_tokens > 0),
    max_output_tokens   bigint  check (max_output_tokens > 0),
    max_tokens_per_byte int     check (max_tokens_per_byte > 0),
    sku                 text,
    serving             boolean,
    primary key (tenant_id, endpoint_id),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id),
    check (withdrawn or num_nulls(project_id, model, shared, address, engine_key, engine_key_version, engine, served_model, tasks, context_tokens,
        max_output_tokens, sku, serving) = 0)
);
create unique index route_name on quota.route (tenant_id, project_id, model) where not withdrawn;
comment on column quota.route.withdrawn is 'The endpoint is gone for good; the row keeps a late publication out.';
comment on column quota.route.engine_key is 'AES-256-GCM: nonce, then ciphertext and tag; bound to tenant and endpoint. The key is not in the database.';
comment on column quota.route.max_tokens_per_byte is 'Null: unknown.';

do $$
declare t text;
begin
    foreach t in array array['api_key', 'route'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('create policy snapshot on quota.%I for select to quota_snapshot using (true)', t);
    end loop;
end
$$;

create policy web on quota.api_key for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy settle on quota.api_key for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy reserve on quota.route for all to quota_reserve using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));

-- Only the snapshot reads what proves a key, and what opens an engine.
grant select (tenant_id, id, project_id, name, public_id, models, created_by, created_at, expires_at, revoked_at, revoked_by, last_used_at, version)
    on quota.api_key to quota_web, quota_org;
grant insert on quota.api_key to quota_web;
grant update (revoked_at, revoked_by, version) on quota.api_key to quota_web;
grant insert on quota.node to quota_web;
grant select (tenant_id, id, project_id, public_id, pepper_version, hmac, models, expires_at, revoked_at, version) on quota.api_key to quota_snapshot;
grant select (tenant_id, id, project_id, name, last_used_at), update (last_used_at) on quota.api_key to quota_settle;
grant select, insert, update on quota.route to quota_reserve;
grant select on quota.route to quota_snapshot;
