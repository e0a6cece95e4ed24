-- Who gets a part next: what tenants are guaranteed, what a slice in the queue is ordered by, and what was borrowed and is asked back.

create table platform.share_guarantee (
    tenant_id uuid not null references platform.tenant,
    profile   text not null references platform.slice_profile,
    count     int  not null check (count > 0),
    primary key (tenant_id, profile)
);
comment on column platform.share_guarantee.count is 'Parts of the profile that the tenant has whenever it asks for them.';

create table platform.share_weight (
    tenant_id uuid not null primary key references platform.tenant,
    weight    int  not null check (weight between 1 and 1000)
);
comment on table platform.share_weight is 'A tenant without a row has weight 1.';

create table platform.guaranteed_in_all (
    profile text not null primary key references platform.slice_profile,
    count   int  not null check (count >= 0)
);
comment on table platform.guaranteed_in_all is 'The sum of share_guarantee, changed in the same transaction: whoever promises more waits here for who promises at the same time, and sees no tenant but their own.';

do $$
declare t text;
begin
    foreach t in array array['share_guarantee', 'share_weight'] loop
        execute format('alter table platform.%I enable row level security', t);
        execute format('alter table platform.%I force row level security', t);
        execute format('create policy web on platform.%I for all to platform_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on platform.%I for select to platform_org using (true)', t);
        execute format('create policy reconcile_read on platform.%I for select to platform_reconcile using (true)', t);
    end loop;
end
$$;
grant select, insert, update, delete on platform.share_guarantee, platform.share_weight to platform_web;
grant select, insert, update on platform.guaranteed_in_all to platform_web;
grant select on platform.share_guarantee, platform.share_weight, platform.guaranteed_in_all to platform_org;
grant select on platform.share_guarantee, platform.share_weight to platform_reconcile;

alter table platform.slice
    add column queued_at           timestamptz not null default now(),
    add column refused_at          timestamptz,
    add column gives_back_at       timestamptz,
    add column stands_still_since  timestamptz,
    add column stood_still_seconds bigint not null default 0 check (stood_still_seconds >= 0),
    add constraint slice_notice check (gives_back_at is null or state in ('PROVISIONING', 'READY')),
    add constraint slice_ready_runs check (state <> 'READY' or stands_still_since is null);
update platform.slice set queued_at = created_at;
create index slice_of_profile on platform.slice (profile) where state not in ('RELEASED', 'EXPIRED', 'FAILED');
comment on column platform.slice.queued_at is 'When it last came into the queue, by the program''s clock; its age there.';
comment on column platform.slice.refused_at is 'When it last had to give its part back because quota was refused; null once quota was set aside. Nobody is stopped for it for a while.';
comment on column platform.slice.gives_back_at is 'It has notice: borrowed, asked back, and taken down then if the need is still there.';
comment on column platform.slice.stands_still_since is 'Its part was taken back and its lease stands still since.';
comment on column platform.slice.stood_still_seconds is 'How long its lease stood still before: it ends that much later.';
