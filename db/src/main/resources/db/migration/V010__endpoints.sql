-- Models that are served. An endpoint holds a slice of kind SERVING for as long as it runs: see docs/decisions/015.

create table platform.model (
    id                 text    not null primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,98}[a-z0-9]$'),
    name               text    not null,
    publisher          text    not null,
    summary            text    not null,
    tasks              text[]  not null check (cardinality(tasks) > 0 and tasks <@ array['CHAT', 'EMBEDDINGS']),
    parameters         bigint  not null check (parameters > 0),
    active_parameters  bigint  not null check (active_parameters between 1 and parameters),
    centibits          int     not null check (centibits between 100 and 3200),
    precision_name     text    not null,
    layers             int     not null check (layers > 0),
    kv_heads           int     check (kv_heads > 0),
    head_dim           int     check (head_dim > 0),
    kv_bytes_per_value int     check (kv_bytes_per_value > 0),
    context_tokens     bigint  not null check (context_tokens > 0),
    max_output_tokens  bigint  not null check (max_output_tokens > 0),
    max_tokens_per_byte int    check (max_tokens_per_byte > 0),
    engine             text    not null check (engine in ('vllm')),
    engine_args        text[]  not null,
    weights            text    not null,
    licence            text    not null,
    commercial_use     boolean not null,
    confirmed          boolean not null default false,
    source             text    not null,
    check (num_nulls(kv_heads, head_dim, kv_bytes_per_value) in (0, 3))
);
comment on column platform.model.centibits is 'Bits per parameter as served, in hundredths: 1600 is BF16, 425 is a 4-bit quantization with its scales.';
comment on column platform.model.kv_heads is 'Null with head_dim and kv_bytes_per_value: the model keeps nothing per token of context.';
comment on column platform.model.max_tokens_per_byte is 'Most tokens that one byte of input can become. Null: unknown, so the context is the bound.';
comment on column platform.model.weights is 'What the engine is told to load.';
comment on column platform.model.confirmed is 'False: as stated by the model''s card, not yet confirmed by an engine that runs it.';

-- Facts as stated by the model cards and configurations, November 2026.
-- A byte-level tokenizer makes at most one token of a byte. BGE-M3's works on characters after compatibility normalization, under which the
-- worst character, U+FDFA, turns its three bytes into eighteen characters: at most six tokens a byte.
insert into platform.model
    (id, name, publisher, summary, tasks, parameters, active_parameters, centibits, precision_name, layers, kv_heads, head_dim, kv_bytes_per_value,
     context_tokens, max_output_tokens, max_tokens_per_byte, engine, engine_args, weights, licence, commercial_use, source)
values
    ('qwen2.5-7b-instruct', 'Qwen2.5 7B Instruct', 'Qwen', 'Follows instructions in some thirty languages; translates, summarizes, writes and reads code.',
     array['CHAT'], 7620000000, 7620000000, 1600, 'BF16', 28, 4, 128, 2, 32768, 8192, 1, 'vllm', array['--enable-prefix-caching'],
     'Qwen/Qwen2.5-7B-Instruct', 'Apache-2.0', true, 'The publisher''s model card and config.json, read in November 2026.'),
    ('bge-m3', 'BGE-M3', 'BAAI', 'Turns texts of up to 8,192 tokens in more than a hundred languages into vectors of 1,024 numbers, for search and comparison.',
     array['EMBEDDINGS'], 570000000, 570000000, 1600, 'FP16', 24, null, null, null, 8192, 1, 6, 'vllm', array[]::text[],
     'BAAI/bge-m3', 'MIT', true, 'The publisher''s model card and config.json, read in November 2026.');

grant select on platform.model to platform_web, platform_org, platform_reconcile, platform_snapshot;

-- What a slice is for. The workload is what was approved, and never changes.
alter table platform.slice_request add column kind text not null default 'WORKSPACE' check (kind in ('WORKSPACE', 'SERVING'));
alter table platform.slice_request add column serving jsonb;
alter table platform.slice_request add constraint slice_request_serving check ((kind = 'SERVING') = (serving is not null));
alter table platform.slice add column kind text not null default 'WORKSPACE' check (kind in ('WORKSPACE', 'SERVING'));
alter table platform.slice add column serving jsonb;
alter table platform.slice add column progress int check (progress between 0 and 100);
alter table platform.slice add constraint slice_serving check ((kind = 'SERVING') = (serving is not null));
comment on column platform.slice.serving is 'The endpoint and what its engine is told; null for a workspace, which never serves one.';
comment on column platform.slice.progress is 'Of loading the weights in percent, as the engine tells; null while it does not.';
create index slice_of_endpoint on platform.slice (tenant_id, (serving ->> 'endpoint')) where kind = 'SERVING';

create table platform.endpoint (
    tenant_id         uuid        not null,
    id                uuid        not null,
    project_id        uuid        not null,
    name              text        not null check (name ~ '^[a-z][a-z0-9.-]{0,38}[a-z0-9]$'),
    model             text        not null references platform.model,
    profile           text        not null references platform.slice_profile,
    context_tokens    bigint      not null check (context_tokens > 0),
    shared            boolean     not null,
    lease_seconds     bigint      not null check (lease_seconds > 0),
    purpose           text        not null,
    created_by        text        not null,
    created_at        timestamptz not null,
    wanted            text        not null check (wanted in ('RUNNING', 'STOPPED', 'DELETED')),
    state             text        not null check (state in ('REQUESTED', 'QUEUED', 'STARTING', 'READY', 'UNHEALTHY', 'STOPPING', 'STOPPED', 'DELETING', 'DELETED', 'FAILED')),
    reason            text,
    starts            int         not null default 1 check (starts >= 1),
    request_id        uuid        not null,
    started_by        text        not null,
    started_at        timestamptz not null,
    ready_at          timestamptz,
    since             timestamptz not null,
    renew_at          timestamptz,
    renewal_refused   text,
    seen_request      bigint      not null default -1,
    seen_slice        bigint      not null default -1,
    version           bigint      not null default 1,
    route_version     bigint      not null default 0,
    route_published   bigint      not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references platform.project (tenant_id, id),
    foreign key (tenant_id, request_id) references platform.slice_request (tenant_id, id),
    check (state <> 'DELETED' or wanted = 'DELETED'),
    check (route_published <= route_version)
);
create unique index endpoint_name on platform.endpoint (tenant_id, project_id, name) where wanted <> 'DELETED';
create unique index endpoint_shared_name on platform.endpoint (tenant_id, name) where shared and wanted <> 'DELETED';
create index endpoint_renewal on platform.endpoint (renew_at) where renew_at is not null;
comment on index platform.endpoint_shared_name is 'Shared endpoints are called by their name alone, from every project.';
comment on column platform.endpoint.wanted is 'What people want of it; state is what it is.';
comment on column platform.endpoint.starts is 'How often it was started. Each start asks for a slice of its own.';
comment on column platform.endpoint.request_id is 'The request of the last start, and the id of its slice once it is approved.';
comment on column platform.endpoint.renew_at is 'When its lease is to be made longer; null while there is none to renew.';
comment on column platform.endpoint.renewal_refused is 'Why the lease was not made longer; it then runs to its end.';
comment on column platform.endpoint.seen_slice is 'Version of the slice that state was derived from; another one is to be looked at.';
comment on column platform.endpoint.route_version is 'Grows whenever the gateway has to learn something; 0: nothing was ever served.';
comment on column platform.endpoint.route_published is 'The last route_version that quota-service has confirmed.';

create table platform.endpoint_event (
    tenant_id   uuid        not null,
    endpoint_id uuid        not null,
    number      bigint      not null generated always as identity,
    at          timestamptz not null,
    state       text,
    sentence    text        not null,
    primary key (tenant_id, endpoint_id, number),
    foreign key (tenant_id, endpoint_id) references platform.endpoint (tenant_id, id)
);

do $$
declare t text;
begin
    foreach t in array array['endpoint', 'endpoint_event'] loop
        execute format('alter table platform.%I enable row level security', t);
        execute format('alter table platform.%I force row level security', t);
        execute format('create policy web on platform.%I for all to platform_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on platform.%I for select to platform_org using (true)', t);
        execute format('create policy reconcile_read on platform.%I for select to platform_reconcile using (true)', t);
        execute format('create policy reconcile_insert on platform.%I for insert to platform_reconcile with check (tenant_id = (select setting.tenant()))', t);
        execute format('create policy reconcile_update on platform.%I for update to platform_reconcile using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
    end loop;
end
$$;

grant select, insert, update on platform.endpoint to platform_web;
grant select, insert on platform.endpoint_event to platform_web, platform_reconcile;
grant select on platform.endpoint to platform_reconcile;
grant update (state, reason, ready_at, since, renew_at, renewal_refused, seen_request, seen_slice, version, route_version, route_published) on platform.endpoint to platform_reconcile;
grant select on platform.endpoint, platform.endpoint_event to platform_org;
