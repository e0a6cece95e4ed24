-- Quota and usage. The budget tree, its limits and periods, reservations and allotments, and the time slices used.

create schema quota;
revoke all on schema quota from public;
grant usage on schema quota to quota_web, quota_org, quota_reserve, quota_snapshot, quota_seal;

-- Who exists, as platform-backend registered it.
create table quota.tenant (
    tenant_id uuid   not null primary key,
    name      text   not null,
    time_zone text   not null,
    currency  text   not null check (currency ~ '^[A-Z]{3}$'),
    version   bigint not null
);

create table quota.project (
    tenant_id uuid not null references quota.tenant,
    id        uuid not null,
    name      text not null,
    primary key (tenant_id, id)
);

create table quota.member (
    tenant_id  uuid not null references quota.tenant,
    id         uuid not null,
    kind       text not null check (kind in ('GROUP', 'PERSON')),
    principal  text not null,
    role       text not null check (role in ('MEMBER', 'OWNER')),
    project_id uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id)
);

-- The budget tree: a tenant's node has the tenant's id, a project's the project's.
create table quota.node (
    tenant_id uuid not null references quota.tenant,
    id        uuid not null,
    parent_id uuid,
    kind      text not null check (kind in ('tenant', 'project', 'user', 'key')),
    name      text not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, parent_id) references quota.node (tenant_id, id),
    check ((kind = 'tenant') = (parent_id is null)),
    check (kind <> 'tenant' or id = tenant_id)
);

create table quota.limit_rule (
    tenant_id    uuid           not null,
    id           uuid           not null,
    node_id      uuid           not null,
    meter        text           not null check (meter in ('SLICES', 'GPU_TIME', 'REQUESTS', 'TOKENS_INPUT', 'TOKENS_OUTPUT', 'TOKENS', 'MONEY', 'CONCURRENCY')),
    profile      text           check ((meter = 'SLICES') = (profile is not null)),
    models       text[],
    "window"     text           not null check ("window" in ('NOW', 'MINUTE', 'HOUR', 'DAY', 'MONTH', 'LIFE')),
    amount       numeric(38, 0) check (amount >= 0),
    hard         boolean        not null default true,
    soft_percent int            check (soft_percent between 1 and 100),
    version      bigint         not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, node_id) references quota.node (tenant_id, id),
    unique nulls not distinct (tenant_id, node_id, meter, profile, models, "window"),
    check ((meter in ('SLICES', 'CONCURRENCY')) = ("window" = 'NOW'))
);
comment on column quota.limit_rule.amount is 'Null: unlimited, as a value that somebody set. GPU_TIME in part-seconds (1/840 GPU × 1 s), MONEY in 10⁻¹² units.';
comment on column quota.limit_rule.models is 'Null: all models.';

create table quota.limit_period (
    tenant_id    uuid           not null,
    limit_id     uuid           not null,
    period_start timestamptz    not null,
    period_end   timestamptz    not null,
    settled      numeric(38, 0) not null default 0 check (settled >= 0),
    leased       numeric(38, 0) not null default 0 check (leased >= 0),
    primary key (tenant_id, limit_id, period_start),
    foreign key (tenant_id, limit_id) references quota.limit_rule (tenant_id, id) on delete cascade,
    check (period_start < period_end)
);
comment on table quota.limit_period is 'Use of one limit in one period. NOW and LIFE have one period from -infinity to infinity.';
comment on column quota.limit_period.leased is 'Set aside. It grows only in a statement that also checks settled + leased + asked <= amount.';

-- What is set aside for one purpose: a slice, or one attempt of a call.
create table quota.reservation (
    tenant_id     uuid        not null,
    id            uuid        not null,
    attempt       int         not null default 0 check (attempt >= 0),
    kind          text        not null check (kind in ('slice', 'call')),
    project_id    uuid,
    profile       text,
    parts         int         check (parts > 0),
    lease_seconds bigint      check (lease_seconds > 0),
    state         text        not null check (state in ('held', 'released')),
    created_at    timestamptz not null,
    released_at   timestamptz,
    primary key (tenant_id, id, attempt),
    foreign key (tenant_id) references quota.tenant (tenant_id),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id),
    check ((state = 'released') = (released_at is not null)),
    check (state = 'released' or kind <> 'slice' or (project_id is not null and profile is not null and parts is not null and lease_seconds is not null))
);
comment on table quota.reservation is 'A slice''s reservation has the slice''s id. A released row without particulars is a release that came before its reserve: it keeps a late reserve out.';

-- A share of one limit's period, held by one replica, or directly by one reservation.
create table quota.allotment (
    tenant_id      uuid           not null,
    id             uuid           not null default uuidv7(),
    limit_id       uuid           not null,
    period_start   timestamptz    not null,
    replica        text           not null,
    epoch          bigint         not null default 0,
    reservation_id uuid,
    attempt        int,
    amount         numeric(38, 0) not null check (amount >= 0),
    settled        numeric(38, 0) not null default 0 check (settled >= 0 and settled <= amount),
    state          text           not null check (state in ('open', 'closed')),
    created_at     timestamptz    not null,
    expires_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, limit_id, period_start) references quota.limit_period (tenant_id, limit_id, period_start) on delete cascade,
    foreign key (tenant_id, reservation_id, attempt) references quota.reservation (tenant_id, id, attempt),
    unique (tenant_id, reservation_id, attempt, limit_id, period_start),
    check ((reservation_id is null) = (attempt is null))
);
comment on column quota.allotment.replica is '''direct'' for an allotment of one reservation.';
comment on column quota.allotment.amount is 'Counted in the period''s leased while open, less what is settled.';

create table quota.slice_time (
    tenant_id  uuid        not null,
    slice_id   uuid        not null,
    phase      int         not null check (phase >= 1),
    started_at timestamptz not null,
    seconds    bigint      not null check (seconds >= 0),
    primary key (tenant_id, slice_id, phase),
    foreign key (tenant_id) references quota.tenant (tenant_id)
);
comment on column quota.slice_time.seconds is 'Cumulative and monotonic; the difference to the value before is what was booked.';

create table quota.slice_usage (
    tenant_id    uuid        not null,
    slice_id     uuid        not null,
    phase        int         not null,
    from_second  bigint      not null check (from_second >= 0),
    to_second    bigint      not null,
    project_id   uuid        not null,
    profile      text        not null,
    parts        int         not null check (parts > 0),
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    part_seconds bigint      not null generated always as ((to_second - from_second) * parts) stored,
    booked_at    timestamptz not null,
    primary key (tenant_id, slice_id, phase, from_second),
    foreign key (tenant_id, slice_id, phase) references quota.slice_time (tenant_id, slice_id, phase),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id),
    check (to_second > from_second)
);
comment on table quota.slice_usage is 'Booked slice time. Rows never overlap, never change, and never cross a period of the tenant''s calendar.';

-- One row per attempt of a call. Filled when the gateway comes; its shape is settled now, because it is never rewritten.
create table quota.usage (
    tenant_id     uuid        not null,
    ts            timestamptz not null,
    call_id       uuid        not null,
    attempt       smallint    not null check (attempt >= 0),
    project_id    uuid        not null,
    key_id        uuid,
    endpoint_id   uuid,
    upstream      smallint    not null,
    model         int         not null,
    price_version int         not null,
    status        smallint    not null,
    estimated     boolean     not null default false,
    input         bigint      not null check (input >= 0),
    cache_read    bigint      not null check (cache_read >= 0),
    cache_write   bigint      not null check (cache_write >= 0),
    output        bigint      not null check (output >= 0),
    primary key (tenant_id, call_id, attempt, ts)
) partition by range (ts);
comment on column quota.usage.ts is 'The time inside the UUIDv7 call id: never changes, so that replaying a journal finds the same row.';

create table quota.change (
    number     bigint      not null generated always as identity primary key,
    xid        xid8        not null default pg_current_xact_id(),
    at         timestamptz not null default clock_timestamp(),
    kind       text        not null,
    tenant_id  uuid,
    project_id uuid,
    subject    text        not null,
    state      text
);
create index change_order on quota.change (xid, number);
comment on column quota.change.xid is 'Readers take rows whose transaction is below pg_snapshot_xmin, in the order (xid, number): a row that commits late is never skipped.';

create function quota.notify_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('quota_change', '');
    return null;
end
$$;
create trigger change_notify after insert on quota.change for each statement execute function quota.notify_change();

do $$
declare t text;
begin
    foreach t in array array['tenant', 'project', 'member', 'node', 'limit_rule', 'limit_period', 'reservation', 'allotment', 'slice_time', 'slice_usage', 'usage'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy web on quota.%I for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('create policy reserve on quota.%I for all to quota_reserve using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
    end loop;
    foreach t in array array['tenant', 'project', 'member'] loop
        execute format('create policy snapshot on quota.%I for select to quota_snapshot using (true)', t);
    end loop;
end
$$;

alter table quota.change enable row level security;
alter table quota.change force row level security;
create policy tell on quota.change for insert to quota_web, quota_reserve, quota_seal
    with check (tenant_id is null or tenant_id = (select setting.tenant()));
create policy told on quota.change for select to quota_snapshot using (true);
create policy forget on quota.change for delete to quota_snapshot using (true);

grant select on quota.tenant, quota.project, quota.member, quota.node, quota.limit_period, quota.reservation, quota.slice_time, quota.slice_usage to quota_web;
grant select, insert, update, delete on quota.limit_rule to quota_web;
grant select on all tables in schema quota to quota_org;
revoke select on quota.change from quota_org;
grant select, insert, update on quota.tenant, quota.reservation, quota.limit_period, quota.allotment, quota.slice_time to quota_reserve;
grant select, insert, update, delete on quota.project, quota.member to quota_reserve;
grant select, insert, update on quota.node to quota_reserve;
grant select on quota.limit_rule to quota_reserve;
grant select, insert on quota.slice_usage to quota_reserve;
grant insert on quota.change to quota_web, quota_reserve, quota_seal;
grant select, delete on quota.change to quota_snapshot;
grant select on quota.tenant, quota.project, quota.member to quota_snapshot;
