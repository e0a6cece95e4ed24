-- Why calls were refused: counted each one, and kept row by row up to a bound. See docs/decisions/043.

create table quota.refusal (
    tenant_id  uuid        not null references quota.tenant,
    call_id    uuid        not null,
    at         timestamptz not null,
    project_id uuid        not null,
    key_id     uuid,
    person     text,
    operation  text        not null,
    model      text        check (length(model) <= 300),
    status     smallint    not null,
    code       text,
    message    text        check (length(message) <= 2000),
    rule       jsonb       check (jsonb_typeof(rule) = 'object'),
    primary key (tenant_id, call_id)
);
create index refusal_of_project on quota.refusal (tenant_id, project_id, call_id);
comment on column quota.refusal.message is 'As the client was told by us. Null: by the model''s server, whose words are not kept.';
comment on column quota.refusal.rule is 'The limit that refused, with its numbers at that moment.';

create table quota.refusal_count (
    tenant_id  uuid        not null references quota.tenant,
    project_id uuid        not null,
    hour       timestamptz not null check (date_trunc('hour', hour, 'UTC') = hour),
    status     smallint    not null,
    code       text        not null,
    refused    bigint      not null check (refused > 0),
    primary key (tenant_id, project_id, hour, status, code)
);
comment on table quota.refusal_count is 'All of them, also those that are no rows of quota.refusal.';
comment on column quota.refusal_count.code is 'Empty: the status says all.';

do $$
declare t text;
begin
    foreach t in array array['refusal', 'refusal_count'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy web on quota.%I for select to quota_web using (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('create policy settle on quota.%I for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('grant select on quota.%I to quota_web, quota_org', t);
        execute format('grant select, insert, delete on quota.%I to quota_settle', t);
    end loop;
end
$$;
grant update on quota.refusal_count to quota_settle;
