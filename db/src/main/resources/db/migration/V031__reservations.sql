-- Slices that are reserved on the calendar: parts that are spoken for from a moment to come.

alter table platform.slice_request add column starts_at timestamptz;
comment on column platform.slice_request.starts_at is 'From when the part is to be kept for it; null: it is wanted as soon as there is one.';

alter table platform.slice
    add column starts_at      timestamptz,
    add column reserved_until timestamptz,
    add constraint slice_reserved check ((starts_at is null) = (reserved_until is null) and (reserved_until is null or reserved_until > starts_at));
comment on column platform.slice.starts_at is 'It is reserved from here, and comes up then; null: it never was.';
comment on column platform.slice.reserved_until is 'Until here it may be held, and nobody asks its part back.';

-- What of the calendar everybody who decides on it must see: parts and times, and no tenant.
create table platform.reserved_room (
    tenant_id uuid        not null,
    slice_id  uuid        not null,
    profile   text        not null references platform.slice_profile,
    starts_at timestamptz not null,
    ends_at   timestamptz not null check (ends_at > starts_at),
    primary key (tenant_id, slice_id),
    foreign key (tenant_id, slice_id) references platform.slice (tenant_id, id)
);
create index reserved_room_of_profile on platform.reserved_room (profile, ends_at);
comment on table platform.reserved_room is 'Written with its slice, and gone when that ends. Whoever approves a reservation sees when parts are spoken for, and by whom only of their own tenant.';

alter table platform.reserved_room enable row level security;
alter table platform.reserved_room force row level security;
create policy web_read on platform.reserved_room for select to platform_web using (true);
create policy web_insert on platform.reserved_room for insert to platform_web with check (tenant_id = (select setting.tenant()));
create policy reconcile_read on platform.reserved_room for select to platform_reconcile using (true);
create policy reconcile_delete on platform.reserved_room for delete to platform_reconcile using (tenant_id = (select setting.tenant()));
grant select (slice_id, profile, starts_at, ends_at), insert on platform.reserved_room to platform_web;
grant select, delete on platform.reserved_room to platform_reconcile;

-- A sum over all tenants, of no tenant: said as a policy, so that whoever is granted more one day still sees nothing.
alter table platform.guaranteed_in_all enable row level security;
alter table platform.guaranteed_in_all force row level security;
create policy web_read on platform.guaranteed_in_all for select to platform_web using (true);
create policy web_insert on platform.guaranteed_in_all for insert to platform_web with check (true);
create policy web_update on platform.guaranteed_in_all for update to platform_web using (true) with check (true);
create policy org on platform.guaranteed_in_all for select to platform_org using (true);
