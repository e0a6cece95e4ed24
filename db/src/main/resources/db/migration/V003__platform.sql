-- The control plane's tables. Keys of tenant tables start with tenant_id: a foreign key check and a unique violation must never tell a
-- tenant that another one's row exists.

create schema platform;
revoke all on schema platform from public;
grant usage on schema platform to platform_web, platform_org, platform_reconcile, platform_snapshot;

create table platform.tenant (
    id                    uuid        not null primary key,
    name                  text        not null unique check (name ~ '^[a-z][a-z0-9-]{0,61}[a-z0-9]$'),
    title                 text        not null,
    time_zone             text        not null,
    currency              text        not null check (currency ~ '^[A-Z]{3}$'),
    approves_up_to        bigint      not null default 0 check (approves_up_to >= 0),
    longest_lease_seconds bigint      not null default 604800 check (longest_lease_seconds > 0),
    version               bigint      not null default 1,
    published_version     bigint      not null default 0,
    created_at            timestamptz not null
);
comment on column platform.tenant.name is 'Unique over the installation: only administrators, who see all tenants, can run into it.';
comment on column platform.tenant.approves_up_to is 'Part-seconds of GPU time (1/840 GPU × 1 s) up to which a request is approved at once.';
comment on column platform.tenant.version is 'Grows with every change of the tenant, its projects or members; quota-service ignores older ones.';
comment on column platform.tenant.published_version is 'The last version that quota-service has confirmed.';

create table platform.cost_centre (
    tenant_id  uuid not null references platform.tenant,
    valid_from date not null,
    code       text not null,
    primary key (tenant_id, valid_from)
);
comment on column platform.cost_centre.valid_from is 'First day in the tenant''s own calendar.';

create table platform.project (
    tenant_id  uuid        not null references platform.tenant,
    id         uuid        not null,
    name       text        not null check (name ~ '^[a-z][a-z0-9-]{0,61}[a-z0-9]$'),
    uid        uuid        not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, name)
);
comment on column platform.project.uid is 'Made by us and carried by the project''s objects on a cluster; an object without it is foreign and not touched.';

create table platform.member (
    tenant_id  uuid not null references platform.tenant,
    id         uuid not null,
    kind       text not null check (kind in ('GROUP', 'PERSON')),
    principal  text not null,
    role       text not null check (role in ('MEMBER', 'OWNER')),
    project_id uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references platform.project (tenant_id, id),
    unique nulls not distinct (tenant_id, kind, principal, project_id)
);
comment on column platform.member.project_id is 'Null: the role holds in the whole tenant.';

create table platform.slice_profile (
    id            text   not null primary key,
    name          text   not null,
    device        text   not null,
    node_product  text   not null,
    kind          text   not null check (kind in ('WHOLE', 'MIG')),
    resource      text   not null,
    parts         int    not null check (parts between 1 and 840),
    compute_slots int    not null check (compute_slots between 1 and 7),
    memory_slots  int    not null check (memory_slots between 1 and 8),
    memory_mib    bigint not null check (memory_mib > 0),
    isolation     text   not null,
    unique (node_product, resource)
);
comment on column platform.slice_profile.parts is 'Of 840 parts of a GPU; what GPU time is counted in.';
comment on column platform.slice_profile.node_product is 'Value of the node label nvidia.com/gpu.product: the same resource name means different parts on different devices.';

create table platform.slice_request (
    tenant_id       uuid        not null,
    id              uuid        not null,
    project_id      uuid        not null,
    name            text        not null,
    profile         text        not null references platform.slice_profile,
    lease_seconds   bigint      not null check (lease_seconds > 0),
    purpose         text        not null,
    parts           int         not null check (parts > 0),
    state           text        not null check (state in ('SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
    checks          jsonb       not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    lapses_at       timestamptz not null,
    decided_by      text,
    decided_at      timestamptz,
    decision_reason text,
    version         bigint      not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references platform.project (tenant_id, id),
    check ((state = 'SUBMITTED') = (decided_at is null)),
    check (state not in ('APPROVED', 'REJECTED') or decided_by is not null),
    check (decided_by is distinct from requested_by or state in ('WITHDRAWN', 'LAPSED'))
);
create unique index slice_request_open_name on platform.slice_request (tenant_id, project_id, name) where state = 'SUBMITTED';
create index slice_request_lapsing on platform.slice_request (lapses_at) where state = 'SUBMITTED';
comment on constraint slice_request_check2 on platform.slice_request is 'Nobody approves their own request, whatever the code says.';

create table platform.slice (
    tenant_id       uuid        not null,
    id              uuid        not null,
    project_id      uuid        not null,
    request_id      uuid        not null,
    name            text        not null,
    profile         text        not null references platform.slice_profile,
    parts           int         not null check (parts > 0),
    vector          jsonb       not null,
    holder          text        not null,
    state           text        not null check (state in ('QUEUED', 'RESERVED', 'PROVISIONING', 'READY', 'SUSPENDED', 'DRAINING', 'RELEASED', 'EXPIRED', 'FAILED')),
    ending          text        check (ending in ('RELEASED', 'EXPIRED', 'FAILED')),
    ending_reason   text,
    reason          text,
    holds_room      boolean     not null default false,
    phase           int         not null default 1 check (phase >= 1),
    node            text,
    lease_seconds   bigint      not null check (lease_seconds > 0),
    created_at      timestamptz not null,
    ready_at        timestamptz,
    ended_at        timestamptz,
    part_seconds    bigint      not null default 0 check (part_seconds >= 0),
    fence           bigint      not null default 0,
    claimed_until   timestamptz,
    next_attempt_at timestamptz not null,
    attempts        int         not null default 0,
    version         bigint      not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references platform.project (tenant_id, id),
    foreign key (tenant_id, request_id) references platform.slice_request (tenant_id, id),
    unique (tenant_id, request_id),
    check ((state = 'DRAINING') <= (ending is not null)),
    check ((state in ('RELEASED', 'EXPIRED', 'FAILED')) = (ended_at is not null)),
    check (state = 'QUEUED' or not holds_room)
);
create unique index slice_live_name on platform.slice (tenant_id, project_id, name)
    where state not in ('RELEASED', 'EXPIRED', 'FAILED');
create index slice_due on platform.slice (next_attempt_at) where state not in ('RELEASED', 'EXPIRED', 'FAILED');
comment on column platform.slice.vector is 'The GPU resources approved, by Kubernetes resource name. An object that asks for anything else is never applied.';
comment on column platform.slice.ending is 'What a draining slice becomes when it is gone.';
comment on column platform.slice.ending_reason is 'Why it ends; reason may meanwhile say why that takes so long.';
comment on column platform.slice.holds_room is 'Queued, and a part on the fleet is already counted as its own while quota is being asked for. From RESERVED on the state says so.';
comment on column platform.slice.phase is 'How often it was brought up. A lost node begins a new phase, with a new pod.';
comment on column platform.slice.part_seconds is 'GPU time of all phases as last observed; the ledger''s number is quota-service''s.';
comment on column platform.slice.fence is 'Grows with every claim by a reconciler; objects carry it, and whoever holds an older one stops.';
comment on column platform.slice.claimed_until is 'By this database''s clock, as next_attempt_at: the clocks of replicas may differ.';
comment on column platform.slice.next_attempt_at is 'When the reconciler looks at it again at the latest.';

-- How long a slice was ready, phase by phase, from its pod's own condition times.
create table platform.slice_phase (
    tenant_id     uuid        not null,
    slice_id      uuid        not null,
    phase         int         not null check (phase >= 1),
    started_at    timestamptz not null,
    ready_since   timestamptz,
    seen_ready_at timestamptz not null,
    seconds       bigint      not null check (seconds >= 0),
    booked        bigint      not null default 0 check (booked >= 0),
    primary key (tenant_id, slice_id, phase),
    foreign key (tenant_id, slice_id) references platform.slice (tenant_id, id)
);
comment on column platform.slice_phase.started_at is 'When the phase was first ready.';
comment on column platform.slice_phase.ready_since is 'Start of the period that is still open; null while it is not ready.';
comment on column platform.slice_phase.seen_ready_at is 'When it was last seen ready: where an open period ends if its end was not seen.';
comment on column platform.slice_phase.seconds is 'Seconds of the periods that have ended. Never falls.';
comment on column platform.slice_phase.booked is 'Seconds of the phase that quota-service has confirmed.';

create table platform.slice_event (
    tenant_id uuid        not null,
    slice_id  uuid        not null,
    number    bigint      not null generated always as identity,
    at        timestamptz not null,
    state     text,
    sentence  text        not null,
    primary key (tenant_id, slice_id, number),
    foreign key (tenant_id, slice_id) references platform.slice (tenant_id, id)
);

create table platform.change (
    number     bigint      not null generated always as identity primary key,
    xid        xid8        not null default pg_current_xact_id(),
    at         timestamptz not null default clock_timestamp(),
    kind       text        not null,
    tenant_id  uuid,
    project_id uuid,
    subject    text        not null,
    state      text
);
create index change_order on platform.change (xid, number);
comment on column platform.change.xid is 'Readers take rows whose transaction is below pg_snapshot_xmin, in the order (xid, number): a row that commits late is never skipped.';

create function platform.notify_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('platform_change', '');
    return null;
end
$$;
create trigger change_notify after insert on platform.change for each statement execute function platform.notify_change();

-- Row-level security. tenant is its own tenant table.
do $$
declare t text; key text;
begin
    foreach t in array array['tenant', 'cost_centre', 'project', 'member', 'slice_request', 'slice', 'slice_phase', 'slice_event'] loop
        key := case t when 'tenant' then 'id' else 'tenant_id' end;
        execute format('alter table platform.%I enable row level security', t);
        execute format('alter table platform.%I force row level security', t);
        execute format('create policy web on platform.%I for all to platform_web using (%I = (select setting.tenant())) with check (%I = (select setting.tenant()))', t, key, key);
        execute format('create policy org on platform.%I for select to platform_org using (true)', t);
        execute format('create policy reconcile_read on platform.%I for select to platform_reconcile using (true)', t);
        execute format('create policy reconcile_insert on platform.%I for insert to platform_reconcile with check (%I = (select setting.tenant()))', t, key);
        execute format('create policy reconcile_update on platform.%I for update to platform_reconcile using (%I = (select setting.tenant())) with check (%I = (select setting.tenant()))', t, key, key);
    end loop;
    foreach t in array array['tenant', 'project', 'member'] loop
        execute format('create policy snapshot on platform.%I for select to platform_snapshot using (true)', t);
    end loop;
end
$$;

alter table platform.change enable row level security;
alter table platform.change force row level security;
create policy tell on platform.change for insert to platform_web, platform_reconcile
    with check (tenant_id is null or tenant_id = (select setting.tenant()));
create policy told on platform.change for select to platform_snapshot using (true);
create policy forget on platform.change for delete to platform_snapshot using (true);

grant select, insert, update on platform.tenant, platform.project, platform.slice_request, platform.slice to platform_web;
grant select, insert, update on platform.cost_centre to platform_web;
grant select, insert, update, delete on platform.member to platform_web;
grant select, insert on platform.slice_event to platform_web, platform_reconcile;
grant select on all tables in schema platform to platform_org;
revoke select on platform.change from platform_org;
grant select on platform.slice_profile to platform_web, platform_reconcile, platform_snapshot;
grant select on platform.tenant, platform.cost_centre, platform.project, platform.member, platform.slice_request, platform.slice to platform_reconcile;
grant update on platform.slice to platform_reconcile;
grant select, insert, update on platform.slice_phase to platform_reconcile;
grant select on platform.slice_phase to platform_web;
grant update (state, decided_at, decided_by, decision_reason, version) on platform.slice_request to platform_reconcile;
grant update (published_version) on platform.tenant to platform_reconcile;
grant insert on platform.change to platform_web, platform_reconcile;
grant select, delete on platform.change to platform_snapshot;
grant select (id, name, title, time_zone, currency, version) on platform.tenant to platform_snapshot;
grant select (tenant_id, id, name) on platform.project to platform_snapshot;
grant select (tenant_id, id, kind, principal, role, project_id) on platform.member to platform_snapshot;
