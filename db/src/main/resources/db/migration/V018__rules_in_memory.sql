-- Replicas keep a tenant's limits on calls in memory. They are read again when this number has moved.

alter table quota.tenant add column rules_version bigint not null default 0;
comment on column quota.tenant.rules_version is 'Moves with every change of a limit, of the name of what a limit is on, and of the time zone.';

-- Whoever sets a limit may not write the tenant.
create function quota.move_rules() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update quota.tenant set rules_version = rules_version + 1 where tenant_id = coalesce(new.tenant_id, old.tenant_id);
    return null;
end
$$;
revoke all on function quota.move_rules from public;
create policy move_rules on quota.tenant for all to penstock_owner using (true) with check (true);

create trigger rules_move after insert or update or delete on quota.limit_rule for each row execute function quota.move_rules();
-- A node that is new has no limit.
create trigger rules_move after update of name, parent_id on quota.node for each row
    when (old.name is distinct from new.name or old.parent_id is distinct from new.parent_id) execute function quota.move_rules();

create function quota.move_rules_with_zone() returns trigger language plpgsql as $$
begin
    new.rules_version := old.rules_version + 1;
    return new;
end
$$;
create trigger rules_move before update of time_zone on quota.tenant for each row
    when (old.time_zone is distinct from new.time_zone) execute function quota.move_rules_with_zone();
