-- A project that moves has no class of data in the tenant it comes to, also when it was there before. See docs/decisions/045.

alter table quota.data_class alter column data_class drop not null;
comment on column quota.data_class.data_class is 'Null: what was declared before has ended, and nothing leaves.';
comment on table quota.data_class is 'Of a project''s data; the highest version counts. Without one nothing leaves. A move ends it in both tenants.';

create policy move on quota.data_class for all to penstock_owner using (true) with check (true);

-- What was declared of the project, if anything was. The lock is that of whoever declares.
create function quota.end_data_class(tenant uuid, project uuid, at timestamptz) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('quota.data_class ' || tenant || ' ' || project, 0));
    insert into quota.data_class (tenant_id, project_id, version, data_class, made_by, made_at, reason)
    select d.tenant_id, d.project_id, d.version + 1, null, setting.actor(), end_data_class.at, 'The project moved.'
      from quota.data_class d
     where d.tenant_id = end_data_class.tenant and d.project_id = end_data_class.project and d.data_class is not null
       and not exists (select from quota.data_class n where n.tenant_id = d.tenant_id and n.project_id = d.project_id and n.version > d.version);
end
$$;
revoke all on function quota.end_data_class from public;

-- As before, and what was declared of its data ends.
create or replace function quota.move_project(move uuid, project uuid, origin uuid, target uuid) returns timestamptz
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
    perform quota.end_data_class(origin, project, at), quota.end_data_class(target, project, at);
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

-- Those that moved before.
insert into quota.data_class (tenant_id, project_id, version, data_class, made_by, made_at, reason)
select d.tenant_id, d.project_id, d.version + 1, null, 'migration', now(), 'The project moved.'
  from quota.data_class d
 where d.data_class is not null
   and not exists (select from quota.data_class n where n.tenant_id = d.tenant_id and n.project_id = d.project_id and n.version > d.version)
   and exists (select from quota.project_move m where m.tenant_id = d.tenant_id and m.project_id = d.project_id and m.moved_at > d.made_at);
