-- The audit trail. Every change appends an entry in its own transaction; quota-service seals entries into a Merkle tree afterwards.

create schema audit;
revoke all on schema audit from public;
grant usage on schema audit to
    platform_web, platform_org, platform_reconcile,
    quota_web, quota_org, quota_reserve, quota_seal;

create table audit.entry (
    id           uuid        not null default uuidv7() primary key,
    at           timestamptz not null default clock_timestamp(),
    actor        text        not null,
    actor_kind   text        not null check (actor_kind in ('person', 'service', 'system')),
    tenant_id    uuid,
    project_id   uuid,
    action       text        not null check (action ~ '^[a-z][a-z-]*(\.[a-z][a-z-]*)+$'),
    subject_kind text        not null,
    subject_id   text        not null,
    subject_name text,
    outcome      text        not null check (outcome in ('done', 'refused')),
    reason       text,
    reference    text,
    before       jsonb,
    after        jsonb
);
comment on table audit.entry is 'Who did what to what. Append only: no role may update or delete.';
comment on column audit.entry.tenant_id is 'Null where the subject belongs to the whole installation. No foreign key: the trail outlives what it tells of.';

-- Its place in the tree, given when it is sealed: gapless, in the order in which the sealer saw the entries committed.
create table audit.leaf (
    index    bigint not null primary key check (index >= 0),
    entry_id uuid   not null unique references audit.entry,
    hash     bytea  not null check (octet_length(hash) = 32)
);
comment on table audit.leaf is 'Hash of the entry''s canonical line (RFC 6962 leaf). The line itself is made anew from audit.entry, so that altering either is seen.';

create table audit.node (
    level bigint not null check (level >= 0),
    index bigint not null check (index >= 0),
    hash  bytea  not null check (octet_length(hash) = 32),
    primary key (level, index)
);
comment on table audit.node is 'Roots of the complete subtrees of 2^level leaves, so that a proof reads log n rows.';

create table audit.checkpoint (
    number bigint      not null primary key check (number >= 1),
    size   bigint      not null check (size >= 0),
    root   bytea       not null check (octet_length(root) = 32),
    at     timestamptz not null,
    note   text        not null
);
comment on column audit.checkpoint.note is 'The signed note (C2SP tlog-checkpoint, Ed25519), exactly as it also left the database.';

alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy append on audit.entry for insert to penstock_owner with check (true);
create policy org on audit.entry for select to quota_org using (true);
create policy seal on audit.entry for select to quota_seal using (true);
create policy own_read on audit.entry for select to quota_web using (tenant_id = (select setting.tenant()));

grant select on audit.entry to quota_org, quota_seal, quota_web;
grant select on audit.leaf, audit.node, audit.checkpoint to quota_org;
grant select, insert on audit.leaf, audit.node, audit.checkpoint to quota_seal;

create function audit.append(
    action text, subject_kind text, subject_id text, subject_name text, project_id uuid,
    outcome text, reason text, before jsonb, after jsonb) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if setting.actor() is null or setting.actor_kind() is null then
        raise exception 'audit.append needs the settings penstock.actor and penstock.actor_kind'
            using errcode = 'insufficient_privilege';
    end if;
    insert into audit.entry (actor, actor_kind, tenant_id, project_id, action, subject_kind, subject_id, subject_name,
                             outcome, reason, reference, before, after)
    values (setting.actor(), setting.actor_kind(), setting.tenant(), append.project_id, append.action, append.subject_kind,
            append.subject_id, append.subject_name, append.outcome, append.reason, setting.reference(), append.before, append.after);
    perform pg_notify('audit', '');
end
$$;
comment on function audit.append is 'The only way into the trail. Actor, tenant and reference come from the transaction''s settings, never from arguments.';

revoke all on function audit.append from public;
grant execute on function audit.append to
    platform_web, platform_org, platform_reconcile, quota_web, quota_org, quota_reserve, quota_seal;
