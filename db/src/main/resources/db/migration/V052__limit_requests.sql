-- Members ask for more than a limit allows, and administrators decide. See docs/decisions/047.

create table quota.limit_request (
    tenant_id  uuid           not null references quota.tenant,
    id         uuid           not null,
    limit_id   uuid           not null,
    project_id uuid           not null,
    title      text           not null,
    meter      text           not null,
    before     numeric(38, 0) not null check (before >= 0),
    amount     numeric(38, 0) not null check (amount > before),
    reason     text           not null check (length(reason) between 1 and 500),
    call_id    uuid,
    asked_by   text           not null,
    asked_at   timestamptz    not null,
    lapses_at  timestamptz    not null check (lapses_at > asked_at),
    state      text           not null default 'SUBMITTED' check (state in ('SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
    granted    numeric(38, 0) check (granted <= amount),
    decided_by text,
    decided_at timestamptz,
    words      text           check (length(words) <= 500),
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references quota.project (tenant_id, id),
    check ((state = 'APPROVED') = (granted is not null)),
    check ((state in ('SUBMITTED', 'LAPSED')) = (decided_at is null) and (decided_by is null) = (decided_at is null)),
    check (state <> 'APPROVED' or decided_by <> asked_by)
);
create unique index limit_request_waiting on quota.limit_request (tenant_id, limit_id, asked_by) where state = 'SUBMITTED';
create index limit_request_by_time on quota.limit_request (tenant_id, asked_at);
comment on table quota.limit_request is 'A decision is written once. The limit may be gone: title and meter say what it was.';
comment on column quota.limit_request.before is 'What the limit allowed when more was asked for.';
comment on column quota.limit_request.state is 'One that waits beyond lapses_at has lapsed, whether or not that is written.';

alter table quota.limit_request enable row level security;
alter table quota.limit_request force row level security;
create policy web on quota.limit_request for all to quota_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy org on quota.limit_request for select to quota_org using (true);
grant select on quota.limit_request to quota_web, quota_org;
grant insert, update (state, granted, decided_by, decided_at, words) on quota.limit_request to quota_web;
