-- A key can have two secrets that work: the newest stands with the key, those before it stand here. See docs/decisions/042.

alter table quota.api_key
    add column rotated_at      timestamptz,
    add column rotated_by      text,
    add column secret_ended_at timestamptz,
    add column secret_ended_by text,
    add constraint api_key_rotated check ((rotated_at is null) = (rotated_by is null)),
    add constraint api_key_secret_ended check ((secret_ended_at is null) = (secret_ended_by is null)),
    -- A version of the program that knows of no ends must not take it either.
    add constraint api_key_secret_ended_proves_nothing check (secret_ended_at is null or hmac = decode(repeat('00', 32), 'hex'));
comment on column quota.api_key.public_id is 'The part of the newest secret that finds it. 80 random bits of ours: unique without a constraint over all tenants, which would tell one tenant of another.';
comment on column quota.api_key.rotated_at is 'Since when it has its newest secret. Null: since it was made.';
comment on column quota.api_key.secret_ended_at is 'When the newest secret was ended, while one before it went on. Null: it was not.';
comment on column quota.api_key.last_used_at is 'Of the newest secret, to the minute.';

create table quota.former_secret (
    tenant_id      uuid        not null,
    public_id      text        not null check (public_id ~ '^[a-z2-7]{16}$'),
    key_id         uuid        not null,
    pepper_version int         not null check (pepper_version > 0),
    hmac           bytea       not null check (octet_length(hmac) = 32),
    made_at        timestamptz not null,
    replaced_at    timestamptz not null,
    replaced_by    text        not null,
    ends_at        timestamptz not null,
    ended_by       text,
    last_used_at   timestamptz,
    primary key (tenant_id, public_id),
    foreign key (tenant_id, key_id) references quota.api_key (tenant_id, id)
);
create index former_secret_key on quota.former_secret (tenant_id, key_id);
comment on table quota.former_secret is 'Secrets of keys that a newer one replaced. Kept when they are over: a key that comes back to a tenant is known by them.';
comment on column quota.former_secret.ends_at is 'When it stops working, if its key does not before. Every change raises the key''s version, so that copies notice.';
comment on column quota.former_secret.ended_by is 'Who ended it before its time. Null: nobody.';

alter table quota.former_secret enable row level security;
alter table quota.former_secret force row level security;
create policy org on quota.former_secret for select to quota_org using (true);
create policy snapshot on quota.former_secret for select to quota_snapshot using (true);
create policy web on quota.former_secret for select to quota_web using (tenant_id = (select setting.tenant()));
create policy settle on quota.former_secret for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy move on quota.former_secret for all to penstock_owner using (true) with check (true);

-- As with keys: only the snapshot reads what proves a secret.
grant select (tenant_id, public_id, key_id, made_at, replaced_at, replaced_by, ends_at, ended_by, last_used_at) on quota.former_secret to quota_web, quota_org;
grant select on quota.former_secret to quota_snapshot;
grant select (tenant_id, public_id, last_used_at), update (last_used_at) on quota.former_secret to quota_settle;
grant select (rotated_at, rotated_by, secret_ended_at) on quota.api_key to quota_web, quota_org;
grant select (secret_ended_at) on quota.api_key to quota_snapshot;
grant select (public_id) on quota.api_key to quota_settle;

-- The key's newest secret, the one that works until now going on until old_ends: what proves it never leaves the database for that.
create function quota.rotate_key(key uuid, public_id text, pepper_version int, hmac bytea, by text, at timestamptz, old_ends timestamptz) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    k quota.api_key;
begin
    select a.* into strict k from quota.api_key a
     where a.tenant_id = setting.tenant() and a.id = rotate_key.key and a.moved_at is null and a.revoked_at is null for update;
    update quota.former_secret f set ends_at = rotate_key.old_ends
     where f.tenant_id = k.tenant_id and f.key_id = k.id and f.ends_at > rotate_key.at;
    if found and k.secret_ended_at is null then
        raise exception 'key % has two secrets that work', key using errcode = 'check_violation';
    end if;
    insert into quota.former_secret (tenant_id, public_id, key_id, pepper_version, hmac, made_at, replaced_at, replaced_by, ends_at, ended_by, last_used_at)
    values (k.tenant_id, k.public_id, k.id, k.pepper_version, k.hmac, coalesce(k.rotated_at, k.created_at), rotate_key.at, rotate_key.by,
        coalesce(k.secret_ended_at, rotate_key.old_ends), k.secret_ended_by, k.last_used_at);
    update quota.api_key a
       set public_id = rotate_key.public_id, pepper_version = rotate_key.pepper_version, hmac = rotate_key.hmac, rotated_at = rotate_key.at, rotated_by = rotate_key.by,
           secret_ended_at = null, secret_ended_by = null, last_used_at = null, version = a.version + 1
     where a.tenant_id = k.tenant_id and a.id = k.id;
end
$$;
revoke all on function quota.rotate_key from public;
grant execute on function quota.rotate_key to quota_web;

-- One of two secrets that work.
create function quota.end_secret(key uuid, public_id text, by text, at timestamptz) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update quota.former_secret f set ends_at = end_secret.at, ended_by = end_secret.by
     where f.tenant_id = setting.tenant() and f.key_id = end_secret.key and f.public_id = end_secret.public_id and f.ends_at > end_secret.at;
    if found then
        update quota.api_key a set version = a.version + 1 where a.tenant_id = setting.tenant() and a.id = end_secret.key;
    else
        update quota.api_key a
           set secret_ended_at = end_secret.at, secret_ended_by = end_secret.by, hmac = decode(repeat('00', 32), 'hex'), version = a.version + 1
         where a.tenant_id = setting.tenant() and a.id = end_secret.key and a.public_id = end_secret.public_id and a.secret_ended_at is null;
    end if;
end
$$;
revoke all on function quota.end_secret from public;
grant execute on function quota.end_secret to quota_web;

-- As before, with all secrets. The row that stands there from an earlier stay has those of then: a secret that was ended or replaced since would work again,
-- and the newest would not. It is found by any of them.
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
    select b.id into becomes from quota.api_key b
     where b.tenant_id = target
       and (b.public_id = k.public_id or b.public_id in (select f.public_id from quota.former_secret f where f.tenant_id = origin and f.key_id = key));
    if becomes is null then
        becomes := case when exists (select from quota.node n where n.tenant_id = target and n.id = key) then uuidv7() else key end;
    end if;
    insert into quota.node (tenant_id, id, parent_id, kind, name) values (target, becomes, k.project_id, 'key', k.name) on conflict (tenant_id, id) do nothing;
    insert into quota.api_key (tenant_id, id, project_id, name, public_id, pepper_version, hmac, models, operations, networks, purpose, created_by, created_at,
        expires_at, last_used_at, rotated_at, rotated_by, secret_ended_at, secret_ended_by, version)
    values (target, becomes, k.project_id, k.name, k.public_id, k.pepper_version, k.hmac, k.models, k.operations, k.networks, k.purpose, k.created_by, k.created_at,
        k.expires_at, k.last_used_at, k.rotated_at, k.rotated_by, k.secret_ended_at, k.secret_ended_by, k.version)
    on conflict (tenant_id, id) do update
        set moved_at = null, public_id = excluded.public_id, pepper_version = excluded.pepper_version, hmac = excluded.hmac, last_used_at = excluded.last_used_at,
            rotated_at = excluded.rotated_at, rotated_by = excluded.rotated_by, secret_ended_at = excluded.secret_ended_at,
            secret_ended_by = excluded.secret_ended_by, version = excluded.version;
    insert into quota.former_secret (tenant_id, public_id, key_id, pepper_version, hmac, made_at, replaced_at, replaced_by, ends_at, ended_by, last_used_at)
    select target, f.public_id, becomes, f.pepper_version, f.hmac, f.made_at, f.replaced_at, f.replaced_by, f.ends_at, f.ended_by, f.last_used_at
      from quota.former_secret f where f.tenant_id = origin and f.key_id = key
    on conflict (tenant_id, public_id) do update
        set hmac = excluded.hmac, replaced_at = excluded.replaced_at, replaced_by = excluded.replaced_by, ends_at = excluded.ends_at, ended_by = excluded.ended_by,
            last_used_at = excluded.last_used_at;
    return becomes;
end
$$;
