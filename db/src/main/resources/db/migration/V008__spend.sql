-- What calls spend: prices, the intent of every attempt, usage rows and their roll-ups, the ledger. And the role that admits and settles.

grant usage on schema setting to quota_settle;
grant usage on schema quota to quota_settle;

-- Price books. One set for the whole installation; a book that was made never changes.
create table quota.price_book (
    version        int         not null primary key check (version >= 1),
    currency       text        not null check (currency ~ '^[A-Z]{3}$'),
    effective_from timestamptz not null,
    made_by        text        not null,
    made_at        timestamptz not null,
    reason         text
);
create index price_book_in_effect on quota.price_book (effective_from, version);
comment on table quota.price_book is 'In effect at a moment: the one with the latest effective_from at or before it; of several, the highest version. Version 0 is no book: what costs nothing.';

create table quota.price (
    version int            not null references quota.price_book,
    sku     text           not null,
    meter   text           not null check (meter in ('INPUT', 'CACHE_READ', 'CACHE_WRITE', 'OUTPUT', 'SLICE_SECOND')),
    price   numeric(38, 0) not null check (price >= 0 and price < 1e30),
    primary key (version, sku, meter)
);
comment on column quota.price.price is '10⁻¹² of the currency for one token, or for one second of a slice.';

-- Words that many rows share, by number, so that a usage row stays small. Numbers are never given to another word.
create table quota.usage_model (
    tenant_id   uuid not null references quota.tenant,
    id          int  not null generated always as identity,
    endpoint_id uuid not null,
    model       text not null,
    sku         text not null,
    primary key (tenant_id, id),
    unique (tenant_id, endpoint_id, model, sku)
);
comment on column quota.usage_model.model is 'As the caller named it, and so the caller''s to see.';

create table quota.usage_person (
    tenant_id uuid not null references quota.tenant,
    id        int  not null generated always as identity,
    person    text not null,
    primary key (tenant_id, id),
    unique (tenant_id, person)
);

-- Written before the first byte goes upstream. What was promised, never changed afterwards; while its reservation is there, it is open.
create table quota.intent (
    tenant_id     uuid           not null,
    ts            timestamptz    not null,
    call_id       uuid           not null,
    attempt       smallint       not null check (attempt >= 0),
    project_id    uuid           not null,
    key_id        uuid,
    person        int,
    endpoint_id   uuid           not null,
    upstream      smallint       not null,
    model         int            not null,
    path          smallint       not null,
    price_version int            not null check (price_version >= 0),
    context       bigint         not null check (context > 0),
    input         bigint         not null check (input >= 0),
    output        bigint         not null check (output >= 0),
    cost          numeric(38, 0) not null check (cost >= 0),
    primary key (tenant_id, call_id, attempt, ts),
    check ((key_id is null) <> (person is null))
) partition by range (ts);
comment on column quota.intent.input is 'Bound: what the attempt can use at most. The same of output and cost.';

alter table quota.usage
    add column person         int,
    add column path           smallint       not null,
    add column duration_ms    int            not null check (duration_ms >= 0),
    add column first_token_ms int            check (first_token_ms >= 0),
    add column cost           numeric(38, 0) not null check (cost >= 0);
comment on table quota.usage is 'What the caller pays, one row per attempt. Append only. What an attempt used beyond that is a posting to platform loss.';
comment on column quota.usage.model is 'quota.usage_model. No foreign key: a check per row would lock the same few words for every call.';
comment on column quota.usage.cost is 'Tokens times the prices of price_version; 0 with version 0.';
comment on column quota.usage.first_token_ms is 'Null: no content came, or the answer was no stream.';

create table quota.usage_rollup (
    tenant_id     uuid           not null,
    bucket        timestamptz    not null check (date_bin('15 minutes', bucket, '2000-01-01 00:00+00') = bucket),
    project_id    uuid           not null,
    key_id        uuid,
    person        int,
    endpoint_id   uuid           not null,
    model         int            not null,
    price_version int            not null,
    calls         bigint         not null,
    attempts      bigint         not null,
    failed        bigint         not null,
    estimated     bigint         not null,
    input         bigint         not null,
    cache_read    bigint         not null,
    cache_write   bigint         not null,
    output        bigint         not null,
    cost          numeric(38, 0) not null,
    unique nulls not distinct (tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version)
);
comment on table quota.usage_rollup is 'Sums of usage rows by 15 minutes of ts, so that days and months of every time zone are sums of whole buckets.';
comment on column quota.usage_rollup.calls is 'First attempts; a call that is tried again is still one call.';
comment on column quota.usage_rollup.failed is 'Attempts with a status of 400 or more, except 499: the caller went away.';

create table quota.quarantine (
    tenant_id   uuid           not null references quota.tenant,
    call_id     uuid           not null,
    attempt     smallint       not null,
    at          timestamptz    not null,
    endpoint_id uuid           not null,
    reason      text           not null,
    input       numeric(38, 0) not null,
    cache_read  numeric(38, 0) not null,
    cache_write numeric(38, 0) not null,
    output      numeric(38, 0) not null,
    primary key (tenant_id, call_id, attempt)
);
comment on table quota.quarantine is 'Counts that cannot be. The attempt is settled without them, as estimated; somebody looks at the upstream.';

-- The ledger. Double entry: the postings of an entry add up to zero in each unit.
create table quota.entry (
    tenant_id   uuid        not null references quota.tenant,
    id          uuid        not null default uuidv7(),
    kind        text        not null check (kind in ('calls', 'loss', 'slice-time')),
    booked_at   timestamptz not null default clock_timestamp(),
    call_id     uuid,
    attempt     smallint,
    cause       text,
    slice_id    uuid,
    phase       int,
    from_second bigint,
    primary key (tenant_id, id),
    check ((kind = 'loss') = (call_id is not null)),
    check ((call_id is null) = (attempt is null) and (call_id is null) = (cause is null)),
    check ((kind = 'slice-time') = (slice_id is not null)),
    check ((slice_id is null) = (phase is null) and (slice_id is null) = (from_second is null))
);
comment on table quota.entry is 'calls: what the attempts of one batch cost their callers. loss: what one attempt used and nobody pays, naming its intent. slice-time: one row of slice_usage.';

create table quota.posting (
    tenant_id   uuid           not null,
    entry_id    uuid           not null,
    number      int            not null check (number >= 1),
    account     text           not null check (account in ('caller', 'revenue', 'upstream', 'platform-loss')),
    project_id  uuid,
    endpoint_id uuid,
    bucket      timestamptz    not null check (date_bin('15 minutes', bucket, '2000-01-01 00:00+00') = bucket),
    unit        text           not null check (unit ~ '^[A-Z]{3}$' or unit in ('input', 'cache-read', 'cache-write', 'output')),
    amount      numeric(38, 0) not null check (amount <> 0),
    primary key (tenant_id, entry_id, number),
    foreign key (tenant_id, entry_id) references quota.entry (tenant_id, id),
    check ((account = 'caller') = (project_id is not null)),
    check ((account = 'upstream') = (endpoint_id is not null))
);
create index posting_by_time on quota.posting (tenant_id, bucket, account);
comment on column quota.posting.bucket is 'The 15 minutes in which it was used, so that the postings of a month of any time zone can be summed.';
comment on column quota.posting.amount is 'Above zero: the account owes. A caller owes what it pays; revenue and upstreams are the other side.';

create function quota.require_balance() returns trigger language plpgsql as $$
begin
    if exists (select from made group by tenant_id, entry_id, unit having sum(amount) <> 0) then
        raise exception 'postings of an entry do not add up to zero' using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create trigger posting_balances after insert on quota.posting referencing new table as made
    for each statement execute function quota.require_balance();
comment on function quota.require_balance is 'The postings of an entry are inserted by one statement.';

-- An attempt's reservation is there while it is open, and says when and by whom it is settled if nobody tells its end.
alter table quota.reservation
    add column ts       timestamptz,
    add column replica  text,
    add column epoch    bigint,
    add column deadline timestamptz,
    add constraint reservation_of_a_call check (
        (kind = 'call') = (ts is not null) and (kind = 'call') = (replica is not null) and (kind = 'call') = (epoch is not null) and (kind = 'call') = (deadline is not null));
create index reservation_overdue on quota.reservation (deadline) where kind = 'call';
create index reservation_of_replica on quota.reservation (replica, epoch) where kind = 'call';
create index allotment_of_period on quota.allotment (tenant_id, limit_id, period_start);

create table quota.replica (
    name       text        not null primary key,
    epoch      bigint      not null check (epoch >= 1),
    started_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp()
);
comment on column quota.replica.seen_at is 'One that was seen lately settles its own; nobody else does.';
comment on table quota.replica is 'Every start of a replica takes the next epoch. What an earlier one left open will not be settled by it any more.';

alter table quota.slice_usage
    add column price_version int            check (price_version >= 0),
    add column cost          numeric(38, 0) check (cost >= 0),
    add check ((price_version is null) = (cost is null));
comment on column quota.slice_usage.price_version is 'Null: booked before there were prices. 0: no price book was in effect.';

-- Days of usage and of intents. Made ahead: a call whose day is missing is not admitted.
create function quota.ensure_usage_partitions(first date, days int) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    day date;
    parent text;
    part text;
begin
    if days not between 1 and 60 or first not between current_date - 800 and current_date + 800 then
        raise exception 'partitions for % days from %', days, first using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('quota.ensure_usage_partitions', 0));
    for day in select first + n from generate_series(0, days - 1) as n loop
        foreach parent in array array['usage', 'intent'] loop
            part := parent || '_' || to_char(day, 'YYYYMMDD');
            if to_regclass('quota.' || part) is null then
                -- Made aside and attached: making it in place would stop every reader of the parent.
                execute format('create table quota.%I (like quota.%I including all)', part, parent);
                execute format('alter table quota.%I enable row level security', part);
                execute format('alter table quota.%I force row level security', part);
                execute format('alter table quota.%I attach partition quota.%I for values from (%L) to (%L)',
                               parent, part, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
            end if;
        end loop;
    end loop;
end
$$;
revoke all on function quota.ensure_usage_partitions from public;
grant execute on function quota.ensure_usage_partitions to quota_settle;

do $$
declare t text;
begin
    foreach t in array array['usage_model', 'usage_person', 'intent', 'usage_rollup', 'quarantine', 'entry', 'posting'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy web on quota.%I for select to quota_web using (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('create policy settle on quota.%I for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('grant select on quota.%I to quota_web, quota_org', t);
        execute format('grant select, insert on quota.%I to quota_settle', t);
    end loop;
    foreach t in array array['tenant', 'project', 'node', 'limit_rule', 'limit_period', 'allotment', 'usage'] loop
        execute format('create policy settle on quota.%I for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('grant select on quota.%I to quota_settle', t);
    end loop;
    foreach t in array array['entry', 'posting'] loop
        execute format('create policy reserve on quota.%I for all to quota_reserve using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()))', t);
        execute format('grant select, insert on quota.%I to quota_reserve', t);
    end loop;
end
$$;

-- Slices' reservations are not the settler's; which attempts are open it sees of all tenants, to find those that nobody settles.
create policy settle on quota.reservation for all to quota_settle
    using (tenant_id = (select setting.tenant()) and kind = 'call') with check (tenant_id = (select setting.tenant()) and kind = 'call');
create policy recover on quota.reservation for select to quota_settle using (kind = 'call');
-- The use of minutes and hours long past is forgotten for all tenants at once.
create policy see_past on quota.limit_period for select to quota_settle using (period_end < now() - interval '1 day');
create policy forget_past on quota.limit_period for delete to quota_settle using (period_end < now() - interval '1 day');

grant select, insert, delete on quota.reservation to quota_settle;
-- To lock rows is to be allowed to update a column.
grant update (state) on quota.reservation to quota_settle;
grant insert, delete on quota.allotment to quota_settle;
grant insert, update, delete on quota.limit_period to quota_settle;
-- When a tenant's time zone changes, the days and months it counts by are counted anew.
grant delete on quota.limit_period to quota_reserve;
grant insert on quota.usage to quota_settle;
grant update on quota.usage_rollup to quota_settle;
grant select, insert, update on quota.replica to quota_settle;
grant select on quota.replica to quota_org;
grant select on quota.usage to quota_web;

grant select on quota.price_book, quota.price to quota_web, quota_org, quota_reserve, quota_settle, quota_snapshot;
grant insert on quota.price_book, quota.price to quota_web;
-- A key's node in the budget tree is made with the key.
grant insert on quota.node to quota_web;
