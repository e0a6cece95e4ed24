-- What a transaction says of itself. Every connection belongs to a job (its role); the tenant and the actor belong to one transaction
-- and are set with set_config(name, value, true), so that a pooled connection can never carry them into the next.

create schema setting;

create function setting.tenant() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('penstock.tenant', true), '')::uuid;
comment on function setting.tenant() is 'The tenant this transaction works for; null: none, and row-level security shows no tenant row.';

create function setting.actor() returns text
    language sql stable parallel safe
    return nullif(current_setting('penstock.actor', true), '');

create function setting.actor_kind() returns text
    language sql stable parallel safe
    return nullif(current_setting('penstock.actor_kind', true), '');

create function setting.reference() returns text
    language sql stable parallel safe
    return nullif(current_setting('penstock.reference', true), '');

revoke all on schema setting from public;
grant usage on schema setting to
    platform_web, platform_org, platform_reconcile, platform_snapshot,
    quota_web, quota_org, quota_reserve, quota_snapshot, quota_seal;
