-- What a key is for, beyond models: operations and source networks. Null: not narrowed.
alter table quota.api_key
    add column operations text[] check (cardinality(operations) between 1 and 20 and array_position(operations, null) is null),
    add column networks   cidr[] check (cardinality(networks) between 1 and 50 and array_position(networks, null) is null),
    add column purpose    text   check (length(purpose) between 1 and 500);
comment on column quota.api_key.operations is 'Words of operations, the only ones that it may ask for. A word that a program does not know lets nothing in. Null: all.';
comment on column quota.api_key.networks is 'Whence it may be used. Null: from everywhere.';
comment on column quota.api_key.purpose is 'In its maker''s words.';

grant select (operations, networks, purpose) on quota.api_key to quota_web, quota_org;
grant select (operations, networks) on quota.api_key to quota_snapshot;

-- As before, with the scope: a key that left it behind would open more than it was made for.
create or replace function quota.carry_key(origin uuid, key uuid, target uuid, at timestamptz) returns uuid
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
    insert into quota.api_key (tenant_id, id, project_id, name, public_id, pepper_version, hmac, models, operations, networks, purpose, created_by, created_at,
        expires_at, last_used_at, version)
    values (target, becomes, k.project_id, k.name, k.public_id, k.pepper_version, k.hmac, k.models, k.operations, k.networks, k.purpose, k.created_by, k.created_at,
        k.expires_at, k.last_used_at, k.version)
    on conflict (tenant_id, id) do update set moved_at = null, last_used_at = excluded.last_used_at, version = excluded.version;
    return becomes;
end
$$;
