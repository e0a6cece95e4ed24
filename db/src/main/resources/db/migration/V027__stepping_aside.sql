-- A slice steps aside: it is taken down, keeps its quota, and is then suspended or queued again.
alter table platform.slice drop constraint slice_ending_check;
alter table platform.slice
    add constraint slice_ending_check check (ending in ('RELEASED', 'EXPIRED', 'FAILED', 'SUSPENDED', 'QUEUED')),
    add constraint slice_steps_aside check (state = 'DRAINING' or ending in ('RELEASED', 'EXPIRED', 'FAILED'));
comment on column platform.slice.ending is 'What a draining slice becomes when it is gone. SUSPENDED and QUEUED are forgotten then: it only stepped aside.';
comment on column platform.slice.ending_reason is 'Why it ends or steps aside; reason may meanwhile say why that takes so long.';
comment on column platform.slice.phase is 'How often it was brought up. A lost node begins a new phase, with a new pod; so does stepping aside.';

-- What is known of the activity of workspaces.
create table platform.slice_activity (
    tenant_id    uuid        not null,
    slice_id     uuid        not null,
    phase        int         not null check (phase >= 1),
    seen_at      timestamptz not null,
    idle_since   timestamptz not null,
    warned_at    timestamptz,
    suspended_at timestamptz,
    primary key (tenant_id, slice_id),
    foreign key (tenant_id, slice_id) references platform.slice (tenant_id, id),
    check (suspended_at is null or warned_at is not null)
);
create index slice_activity_suspended on platform.slice_activity (suspended_at) where suspended_at is not null;
comment on table platform.slice_activity is 'A workspace without a row was never measured: nothing is known of it, and nothing happens to it.';
comment on column platform.slice_activity.phase is 'In which it was seen. One that is suspended for idleness is in the next.';
comment on column platform.slice_activity.seen_at is 'Until when its activity is known.';
comment on column platform.slice_activity.idle_since is 'Since when it is known to be without activity; a gap in what is known begins it anew.';
comment on column platform.slice_activity.warned_at is 'When its team was warned of being suspended; null once it was active or kept since.';
comment on column platform.slice_activity.suspended_at is 'When it was suspended for idleness.';

alter table platform.slice_activity enable row level security;
alter table platform.slice_activity force row level security;
create policy web on platform.slice_activity for all to platform_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy org on platform.slice_activity for select to platform_org using (true);
create policy reconcile_read on platform.slice_activity for select to platform_reconcile using (true);
create policy reconcile_insert on platform.slice_activity for insert to platform_reconcile with check (tenant_id = (select setting.tenant()));
create policy reconcile_update on platform.slice_activity for update to platform_reconcile using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
grant select, insert, update on platform.slice_activity to platform_web, platform_reconcile;
grant select on platform.slice_activity to platform_org;

-- Those who may decide are told again of a request that waits for long.
alter table platform.slice_request add column reminded_at timestamptz;
comment on column platform.slice_request.reminded_at is 'When those who may decide were told again; null: it does not wait for long, or was decided before.';
grant update (reminded_at) on platform.slice_request to platform_reconcile;
