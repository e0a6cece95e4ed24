-- Somebody who approves in the place of another, for a time. See docs/decisions/032.

create table platform.approval_delegation (
    tenant_id          uuid        not null references platform.tenant,
    id                 uuid        not null,
    delegator          text        not null check (delegator <> ''),
    delegator_name     text        not null,
    delegator_groups   text[]      not null,
    groups_known_until timestamptz not null,
    delegate           text        not null check (delegate <> ''),
    starts_at          timestamptz not null,
    ends_at            timestamptz not null check (ends_at > starts_at),
    given_at           timestamptz not null,
    ended_at           timestamptz,
    ended_by           text,
    primary key (tenant_id, id),
    check (delegate <> delegator),
    check ((ended_at is null) = (ended_by is null))
);
create index approval_delegation_of_delegate on platform.approval_delegation (delegate, ends_at) where ended_at is null;
create index approval_delegation_of_delegator on platform.approval_delegation (delegator, ends_at) where ended_at is null;
comment on table platform.approval_delegation is 'It gives no right of its own: whoever is named may decide what the delegator may at that moment, and nothing once the delegator may not.';
comment on column platform.approval_delegation.delegator_groups is 'Of the delegator''s latest token: with them it is asked at each decision whether they still may.';
comment on column platform.approval_delegation.groups_known_until is 'When that token ends. One that ends later tells more recent groups.';
comment on column platform.approval_delegation.ended_at is 'When somebody ended it early; null: it ends, or ended, at ends_at.';

alter table platform.approval_delegation enable row level security;
alter table platform.approval_delegation force row level security;
create policy web on platform.approval_delegation for all to platform_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy org on platform.approval_delegation for select to platform_org using (true);
create policy reconcile_read on platform.approval_delegation for select to platform_reconcile using (true);
create policy reconcile_update on platform.approval_delegation for update to platform_reconcile using (true) with check (true);
create policy snapshot on platform.approval_delegation for select to platform_snapshot using (true);
grant select, insert on platform.approval_delegation to platform_web;
grant update (ended_at, ended_by) on platform.approval_delegation to platform_web;
grant select on platform.approval_delegation to platform_org, platform_reconcile;
grant update (delegator_groups, groups_known_until) on platform.approval_delegation to platform_reconcile;
grant select (tenant_id, id, delegator, delegate, ends_at, ended_at, groups_known_until) on platform.approval_delegation to platform_snapshot;

alter table platform.slice_request
    add column decided_for text,
    add constraint slice_request_decided_for check (
        decided_for is null or (state in ('APPROVED', 'REJECTED') and decided_for <> decided_by and decided_for <> requested_by));
comment on column platform.slice_request.decided_for is 'In whose place it was decided; null: by who decided it, on their own right.';
comment on constraint slice_request_decided_for on platform.slice_request is 'Nobody has their own request approved by somebody in their place, whatever the code says.';
