-- A project moves to another tenant. What it used stays where it was; what it is goes. See docs/decisions/022.

alter table platform.project add column moved_at timestamptz;
comment on column platform.project.moved_at is 'When it left for another tenant. Its row stays for what it had here; it is closed. Null: it is here.';
alter table platform.project drop constraint project_tenant_id_name_key;
create unique index project_name on platform.project (tenant_id, name) where moved_at is null;
grant select (moved_at) on platform.project to platform_snapshot;

create table platform.project_move (
    tenant_id    uuid        not null,
    id           uuid        not null,
    project_id   uuid        not null,
    to_tenant_id uuid        not null check (to_tenant_id <> tenant_id),
    moved_by     text        not null,
    moved_at     timestamptz not null,
    told_at      timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references platform.project (tenant_id, id)
);
create index project_move_untold on platform.project_move (tenant_id) where told_at is null;
comment on table platform.project_move is 'Belongs to the tenant that was left. Only administrators, who see all tenants, are shown where to.';
comment on column platform.project_move.to_tenant_id is 'No foreign key: one to another tenant''s row would tell that it exists.';
comment on column platform.project_move.told_at is 'When quota-service had confirmed it; until then no other project leaves or comes to either tenant.';

alter table platform.project_move enable row level security;
alter table platform.project_move force row level security;
create policy web_read on platform.project_move for select to platform_web using ((select setting.tenant()) in (tenant_id, to_tenant_id));
create policy web_insert on platform.project_move for insert to platform_web with check (tenant_id = (select setting.tenant()));
create policy org on platform.project_move for select to platform_org using (true);
create policy reconcile_read on platform.project_move for select to platform_reconcile using (true);
create policy reconcile_update on platform.project_move for update to platform_reconcile
    using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
grant select, insert on platform.project_move to platform_web;
grant select on platform.project_move to platform_org, platform_reconcile;
grant update (told_at) on platform.project_move to platform_reconcile;

-- What quota-service did of it, and when: a row for each of the two tenants.
create table quota.project_move (
    tenant_id       uuid        not null references quota.tenant,
    id              uuid        not null,
    project_id      uuid        not null,
    direction       text        not null check (direction in ('left', 'came')),
    other_tenant_id uuid        not null check (other_tenant_id <> tenant_id),
    moved_at        timestamptz not null,
    primary key (tenant_id, id)
);
comment on column quota.project_move.project_id is 'No foreign key: one that moved as soon as it was made was never told of in the tenant that it left.';
comment on column quota.project_move.moved_at is 'The instant, by this clock. What was admitted for the tenant that was left is booked there, also afterwards.';
alter table quota.project_move enable row level security;
alter table quota.project_move force row level security;
create policy org on quota.project_move for select to quota_org using (true);
create policy move on quota.project_move for all to penstock_owner using (true) with check (true);
grant select on quota.project_move to quota_org;

alter table quota.api_key add column moved_at timestamptz;
comment on column quota.api_key.moved_at is 'It went with its project, and opens nothing for this tenant; its calls here are told by its name. Null: it is here.';
grant select (moved_at) on quota.api_key to quota_web, quota_org, quota_snapshot;

-- Whoever moves a project sees two tenants, and only within these functions.
do $$
declare t text;
begin
    foreach t in array array['project', 'node', 'api_key', 'limit_rule'] loop
        execute format('create policy move on quota.%I for all to penstock_owner using (true) with check (true)', t);
    end loop;
end
$$;

-- A key is made only for a project that is here, and the project does not leave before the key can be seen.
create function quota.hold_project(project uuid) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from quota.project p where p.tenant_id = setting.tenant() and p.id = hold_project.project and not p.vanished for share;
    return found;
end
$$;
revoke all on function quota.hold_project from public;
grant execute on function quota.hold_project to quota_web;

-- The limits of one node, as they stand, for another node. Those that stand there from an earlier stay keep the count of what was used then.
create function quota.carry_limits(origin uuid, source uuid, target uuid, node uuid) returns void
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    delete from quota.limit_rule r
     where r.tenant_id = carry_limits.target and r.node_id = carry_limits.node
       and not exists (select from quota.limit_rule o
                        where o.tenant_id = carry_limits.origin and o.node_id = carry_limits.source and o.meter = r.meter and o."window" = r."window"
                          and o.profile is not distinct from r.profile and o.models is not distinct from r.models);
    insert into quota.limit_rule as r (tenant_id, id, node_id, meter, profile, models, "window", amount, hard, soft_percent)
    select carry_limits.target, uuidv7(), carry_limits.node, o.meter, o.profile, o.models, o."window", o.amount, o.hard, o.soft_percent
      from quota.limit_rule o where o.tenant_id = carry_limits.origin and o.node_id = carry_limits.source
    on conflict (tenant_id, node_id, meter, profile, models, "window") do update
        set amount = excluded.amount, hard = excluded.hard, soft_percent = excluded.soft_percent, version = r.version + 1
$$;
revoke all on function quota.carry_limits from public;

-- The key's row in the tenant it comes to: the one it had there before, or a new one; its id unless that is in use there for something else.
create function quota.carry_key(origin uuid, key uuid, target uuid, at timestamptz) returns uuid
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    k quota.api_key;
    becomes uuid;
begin
    update quota.api_key a set moved_at = carry_key.at, version = a.version + 1
     where a.tenant_id = origin and a.id = key returning * into strict k;
    select b.id into becomes from quota.api_key b where b.tenant_id = target and b.public_id = k.public_id;
    if becomes is null then
        becomes := case when exists (select from quota.node n where n.tenant_id = target and n.id = key) then uuidv7() else key end;
    end if;
    insert into quota.node (tenant_id, id, parent_id, kind, name) values (target, becomes, k.project_id, 'key', k.name) on conflict (tenant_id, id) do nothing;
    insert into quota.api_key (tenant_id, id, project_id, name, public_id, pepper_version, hmac, models, created_by, created_at, expires_at, last_used_at, version)
    values (target, becomes, k.project_id, k.name, k.public_id, k.pepper_version, k.hmac, k.models, k.created_by, k.created_at, k.expires_at, k.last_used_at, k.version)
    on conflict (tenant_id, id) do update set moved_at = null, last_used_at = excluded.last_used_at, version = excluded.version;
    return becomes;
end
$$;
revoke all on function quota.carry_key from public;
comment on function quota.carry_key is 'A key''s version grows with every move, so that copies notice.';

-- Keys that work, and the limits of the project, its people and these keys. Both tenants are locked, and are registered as they are after the move.
create function quota.move_project(move uuid, project uuid, origin uuid, target uuid) returns timestamptz
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    at timestamptz := clock_timestamp();
    one uuid;
    person text;
    becomes uuid;
begin
    if origin is distinct from setting.tenant() then
        raise exception 'project % is not moved for the tenant that it leaves', project using errcode = 'insufficient_privilege';
    end if;
    insert into quota.project_move (tenant_id, id, project_id, direction, other_tenant_id, moved_at)
    values (origin, move, project, 'left', target, at), (target, move, project, 'came', origin, at) on conflict do nothing;
    if not found then
        return null;
    end if;
    perform quota.carry_limits(origin, project, target, project);
    for one, person in select n.id, n.name from quota.node n where n.tenant_id = origin and n.parent_id = project and n.kind = 'user' order by n.id loop
        insert into quota.node (tenant_id, id, parent_id, kind, name) values (target, uuidv7(), project, 'user', person)
        on conflict (tenant_id, parent_id, name) where kind = 'user' do nothing;
        select n.id into strict becomes from quota.node n where n.tenant_id = target and n.parent_id = project and n.kind = 'user' and n.name = person;
        perform quota.carry_limits(origin, one, target, becomes);
    end loop;
    for one in select k.id from quota.api_key k
                where k.tenant_id = origin and k.project_id = project and k.moved_at is null and k.revoked_at is null
                  and (k.expires_at is null or k.expires_at > at) order by k.id loop
        becomes := quota.carry_key(origin, one, target, at);
        perform quota.carry_limits(origin, one, target, becomes);
    end loop;
    return at;
end
$$;
revoke all on function quota.move_project from public;
grant execute on function quota.move_project to quota_reserve;
comment on function quota.move_project is 'Null: it was done before. What proves keys never leaves the database for it.';

-- Who has rules in memory learns that a project came or left: before its calls are counted, its limits have to be known.
create trigger rules_move_with_new after insert on quota.project for each row execute function quota.move_rules();
create trigger rules_move after update of vanished on quota.project for each row
    when (old.vanished is distinct from new.vanished) execute function quota.move_rules();
