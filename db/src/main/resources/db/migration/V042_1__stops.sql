-- Calls of a tenant or of a model stopped at once, and how soon each replica knew.

create table quota.stop (
    id             uuid        not null primary key,
    stopped_tenant uuid        references quota.tenant,
    model          text        check (length(model) between 1 and 300),
    reason         text        not null check (length(reason) between 1 and 500),
    made_by        text        not null,
    made_at        timestamptz not null default clock_timestamp(),
    lifted_by      text,
    lifted_at      timestamptz,
    lift_reason    text        check (length(lift_reason) between 1 and 500),
    check (num_nonnulls(stopped_tenant, model) = 1),
    check (num_nonnulls(lifted_by, lifted_at, lift_reason) in (0, 3))
);
create unique index stop_standing on quota.stop (coalesce(stopped_tenant::text, ''), coalesce(model, '')) where lifted_at is null;
comment on table quota.stop is 'The installation''s, no tenant''s: a tenant does not see whether another is stopped.';
comment on column quota.stop.made_at is 'By the database''s clock, as what replicas note: the time between is one clock''s.';

create table quota.stop_reach (
    stop_id uuid        not null references quota.stop,
    replica text        not null,
    since   timestamptz not null,
    primary key (stop_id, replica)
);
comment on column quota.stop_reach.since is 'From when on the replica refused calls for it, by the database''s clock.';

alter table quota.stop enable row level security;
alter table quota.stop force row level security;
alter table quota.stop_reach enable row level security;
alter table quota.stop_reach force row level security;
create policy org on quota.stop for select to quota_org using (true);
create policy org on quota.stop_reach for select to quota_org using (true);
create policy snapshot on quota.stop for select to quota_snapshot using (true);
-- Whoever works for a tenant sees none.
create policy web on quota.stop for all to quota_web using ((select setting.tenant()) is null) with check ((select setting.tenant()) is null);
create policy settle on quota.stop_reach for all to quota_settle using ((select setting.tenant()) is null) with check ((select setting.tenant()) is null);
grant select on quota.stop to quota_org, quota_snapshot, quota_web;
grant insert (id, stopped_tenant, model, reason, made_by), update (lifted_by, lifted_at, lift_reason) on quota.stop to quota_web;
grant select on quota.stop_reach to quota_org;
grant select, insert on quota.stop_reach to quota_settle;
