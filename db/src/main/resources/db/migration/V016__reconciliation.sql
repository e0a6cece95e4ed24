-- Reconciliation with what engines count themselves, invariants sampled, and what replicas say of themselves. See docs/decisions/019.

alter table quota.intent add column answers smallint not null default 1 check (answers >= 1);
comment on column quota.intent.answers is 'Asked for one prompt. An engine may count the prompt once for each of them; its usage tells it once.';

-- By how much an engine's own count of one attempt may differ from what was booked of it. Written with the settlement of an attempt whose end nobody
-- told exactly, and gone when its engine has been compared.
create table quota.leeway (
    tenant_id     uuid        not null references quota.tenant,
    call_id       uuid        not null,
    attempt       smallint    not null,
    endpoint_id   uuid        not null,
    ts            timestamptz not null,
    booked_at     timestamptz not null default clock_timestamp(),
    cause         text        not null,
    sku           text        not null,
    price_version int         not null,
    repeats       bigint      not null check (repeats >= 0),
    input_less    bigint      not null check (input_less >= 0),
    input_more    bigint      not null check (input_more >= 0),
    output_less   bigint      not null check (output_less >= 0),
    output_more   bigint      not null check (output_more >= 0),
    found_input   bigint,
    found_output  bigint,
    primary key (tenant_id, call_id, attempt),
    check (repeats + input_less + input_more + output_less + output_more > 0),
    check ((found_input is null) = (found_output is null))
);
create index leeway_of_endpoint on quota.leeway (endpoint_id, booked_at);
create index leeway_found on quota.leeway (tenant_id) where found_input is not null;
comment on column quota.leeway.repeats is 'Tokens of the prompt that an engine counts again for each further answer. Counted, and not worked for.';
comment on column quota.leeway.input_less is 'The engine may have counted so many less than were booked: they were estimated. Likewise output.';
comment on column quota.leeway.input_more is 'The engine may have counted so many more, up to what the intent bounds. Likewise output.';
comment on column quota.leeway.found_input is 'What its engine counted beyond what was booked; below zero, what was booked beyond. To be posted, which removes the row.';

-- What the process that serves an endpoint has counted, and how far it is compared with the ledger.
create table quota.engine_count (
    tenant_id       uuid        not null,
    endpoint_id     uuid        not null,
    model           text        not null,
    version         bigint      not null,
    begun_at        timestamptz not null,
    read_at         timestamptz not null,
    started_at      timestamptz,
    read_input      bigint      not null check (read_input >= 0),
    read_output     bigint      not null check (read_output >= 0),
    idle            boolean     not null,
    quiet_turns     int         not null check (quiet_turns >= 0),
    compared_at     timestamptz,
    failing_since   timestamptz,
    failure         text,
    mark            timestamptz not null,
    counted_input   bigint,
    counted_output  bigint,
    booked_input    bigint,
    booked_output   bigint,
    at_least_input  bigint      not null default 0,
    at_least_output bigint      not null default 0,
    primary key (tenant_id, endpoint_id),
    check (num_nulls(counted_input, counted_output, booked_input, booked_output) in (0, 4)),
    check ((failing_since is null) = (failure is null))
);
comment on column quota.engine_count.version is 'Grows with every turn; who did not see the last one writes nothing.';
comment on column quota.engine_count.read_at is 'The moment of the database that the last counters are compared with; the counters were read before it.';
comment on column quota.engine_count.begun_at is 'When the process was first read.';
comment on column quota.engine_count.started_at is 'Of the process, as it says. Null: it does not say.';
comment on column quota.engine_count.quiet_turns is 'For so many turns nothing was open and nothing was booked.';
comment on column quota.engine_count.compared_at is 'When a quiet moment of this or of an earlier process was last compared.';
comment on column quota.engine_count.mark is 'What was booked until then stands in booked_input and booked_output, or belongs to an earlier process.';
comment on column quota.engine_count.counted_input is 'At the last quiet moment. Null: there was none since the process began.';
comment on column quota.engine_count.booked_input is 'Of this process until the mark, and what its counts explained. counted less booked is unexplained.';
comment on column quota.engine_count.at_least_input is 'Unexplained for certain although calls are under way: beyond all that they may use.';

create table quota.engine_comparison (
    tenant_id          uuid        not null,
    endpoint_id        uuid        not null,
    number             bigint      not null generated always as identity,
    at                 timestamptz not null,
    model              text        not null,
    kind               text        not null check (kind in ('baseline', 'compared', 'replaced')),
    counted_input      bigint      not null,
    counted_output     bigint      not null,
    booked_input       bigint      not null,
    booked_output      bigint      not null,
    explained_input    bigint      not null,
    explained_output   bigint      not null,
    unexplained_input  bigint      not null,
    unexplained_output bigint      not null,
    primary key (tenant_id, endpoint_id, number)
);
create index engine_comparison_time on quota.engine_comparison (at);
comment on table quota.engine_comparison is 'What a comparison added to what is known. baseline: counting begins here, nothing was compared. replaced: booked of a process that was gone before it could be compared.';

-- What an engine counted of an attempt beyond what its settlement booked, or did not count of it: booked when the engine is compared.
alter table quota.entry drop constraint entry_kind_check, drop constraint entry_check;
alter table quota.entry
    add constraint entry_kind check (kind in ('calls', 'loss', 'found', 'slice-time')),
    add constraint entry_names_its_attempt check ((kind in ('loss', 'found')) = (call_id is not null));
comment on table quota.entry is 'calls: what the attempts of one batch cost their callers. loss: what one attempt used and nobody pays, naming its intent. found: what its engine counted of it beyond that, or did not. slice-time: one row of slice_usage.';

-- What is done by one replica at a time.
create table quota.turn (
    name     text        not null primary key,
    taken_at timestamptz not null
);
insert into quota.turn (name, taken_at) values ('engines', '-infinity'), ('invariants', '-infinity'), ('all-invariants', '-infinity');

create table quota.invariant_check (
    invariant  text        not null,
    reach      text        not null check (reach in ('recent', 'all')),
    checked_at timestamptz not null,
    took_ms    bigint      not null check (took_ms >= 0),
    outcome    text        not null check (outcome in ('holds', 'broken', 'not-finished', 'calls-under-way')),
    breaks     text[]      not null,
    held_at    timestamptz,
    primary key (invariant, reach),
    check ((outcome = 'broken') = (cardinality(breaks) > 0))
);
comment on column quota.invariant_check.breaks is 'A line for each of the first that were found.';
comment on column quota.invariant_check.held_at is 'When it was last found to hold.';

alter table quota.replica
    add column told_at      timestamptz,
    add column places       int check (places >= 1),
    add column places_taken int check (places_taken >= 0),
    add column ends_waiting int check (ends_waiting >= 0),
    add column behind_since timestamptz,
    add column copies       jsonb,
    add check (num_nulls(told_at, places, places_taken, ends_waiting, copies) in (0, 5));
comment on column quota.replica.told_at is 'When it said the following of itself. Null: never.';
comment on column quota.replica.behind_since is 'Since when ends have waited without a pause; null: none do.';
comment on column quota.replica.copies is 'Age of its copies of tables in milliseconds, by name.';

-- What upstreams of one endpoint are owed, in the order it was booked: ids of entries grow with time. And what was lost.
create index posting_of_endpoint on quota.posting (endpoint_id, entry_id) where account = 'upstream';
create index posting_lost on quota.posting (bucket) where account = 'platform-loss';

do $$
declare t text;
begin
    foreach t in array array['leeway', 'engine_count', 'engine_comparison'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('grant select on quota.%I to quota_org', t);
    end loop;
    foreach t in array array['engine_count', 'engine_comparison'] loop
        execute format('create policy compare on quota.%I for all to quota_settle using (true) with check (true)', t);
    end loop;
end
$$;
-- Settlement leaves them and posts what was found, each for its tenant. A shared endpoint is called by all tenants: comparing it sees the leeways of all,
-- and may say of each what was found and no more.
create policy settle on quota.leeway for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy compare_see on quota.leeway for select to quota_settle using (true);
create policy compare_find on quota.leeway for update to quota_settle using (true) with check (true);
create policy compare_close on quota.leeway for delete to quota_settle using (found_input is null);

grant select, insert, delete on quota.leeway to quota_settle;
grant update (found_input, found_output) on quota.leeway to quota_settle;
grant select, insert, update, delete on quota.engine_count to quota_settle;
grant select, insert, delete on quota.engine_comparison to quota_settle;
grant select, insert, update on quota.invariant_check to quota_settle;
grant select on quota.turn to quota_settle;
grant update (taken_at) on quota.turn to quota_settle;
grant select on quota.turn, quota.invariant_check to quota_org;

create policy sampled on quota.change for insert to quota_settle with check (kind = 'health' and tenant_id is null);
-- A month of all tenants is read at once; by ranges of pages, which costs settlement nothing.
create index usage_rollup_time on quota.usage_rollup using brin (bucket);
