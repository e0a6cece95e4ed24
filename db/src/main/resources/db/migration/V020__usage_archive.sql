-- Days of usage are written to archives and dropped, and what is told of them afterwards. See docs/decisions/021.

create table quota.usage_retention (
    one           boolean     not null primary key default true check (one),
    retained_from timestamptz not null
);
insert into quota.usage_retention (retained_from) values ('-infinity');
comment on column quota.usage_retention.retained_from is 'Rows and intents of calls from then on are here; those before are in archives. Roll-ups and postings are never dropped.';

create table quota.usage_archive (
    day         date           not null primary key,
    file        text           not null unique,
    sha256      bytea          not null check (octet_length(sha256) = 32),
    bytes       bigint         not null check (bytes > 0),
    rows        bigint         not null check (rows >= 0),
    input       numeric(38, 0) not null check (input >= 0),
    cache_read  numeric(38, 0) not null check (cache_read >= 0),
    cache_write numeric(38, 0) not null check (cache_write >= 0),
    output      numeric(38, 0) not null check (output >= 0),
    cost        numeric(38, 0) not null check (cost >= 0),
    archived_at timestamptz    not null default clock_timestamp()
);
comment on table quota.usage_archive is 'Days that were dropped, each with the file that holds its rows. Append only.';
comment on column quota.usage_archive.sha256 is 'Of the file as it is on disk, compressed.';

create table quota.usage_archive_sum (
    tenant_id   uuid           not null,
    day         date           not null,
    rows        bigint         not null check (rows > 0),
    input       numeric(38, 0) not null check (input >= 0),
    cache_read  numeric(38, 0) not null check (cache_read >= 0),
    cache_write numeric(38, 0) not null check (cache_write >= 0),
    output      numeric(38, 0) not null check (output >= 0),
    cost        numeric(38, 0) not null check (cost >= 0),
    primary key (tenant_id, day)
);

-- An end that was told after its day was dropped. Only the archive knows whether it was settled before.
create table quota.usage_late (
    tenant_id        uuid           not null references quota.tenant,
    call_id          uuid           not null,
    attempt          smallint       not null check (attempt >= 0),
    told_at          timestamptz    not null default clock_timestamp(),
    ts               timestamptz    not null,
    project_id       uuid           not null,
    key_id           uuid,
    person           int,
    endpoint_id      uuid           not null,
    upstream         smallint       not null,
    model            int            not null,
    path             smallint       not null,
    price_version    int            not null,
    status           smallint       not null,
    estimated        boolean        not null,
    input            bigint         not null check (input >= 0),
    cache_read       bigint         not null check (cache_read >= 0),
    cache_write      bigint         not null check (cache_write >= 0),
    output           bigint         not null check (output >= 0),
    cost             numeric(38, 0) not null check (cost >= 0),
    duration_ms      int            not null check (duration_ms >= 0),
    first_token_ms   int            check (first_token_ms >= 0),
    lost_input       bigint         not null check (lost_input >= 0),
    lost_cache_read  bigint         not null check (lost_cache_read >= 0),
    lost_cache_write bigint         not null check (lost_cache_write >= 0),
    lost_output      bigint         not null check (lost_output >= 0),
    lost_cost        numeric(38, 0) not null check (lost_cost >= 0),
    lost_cause       text           not null,
    state            text           not null default 'waiting' check (state in ('waiting', 'archived', 'booked')),
    booked_as        uuid,
    decided_at       timestamptz,
    primary key (tenant_id, call_id, attempt),
    check ((key_id is null) <> (person is null)),
    check ((state = 'booked') = (booked_as is not null)),
    check ((state = 'waiting') = (decided_at is null))
);
create index usage_late_waiting on quota.usage_late (ts) where state = 'waiting';
comment on column quota.usage_late.state is 'archived: it stands in the archive of its day, so it was settled before and moves nothing. booked: it does not, and was booked when that was known.';
comment on column quota.usage_late.booked_as is 'The call that its usage row names. Its id tells when it was booked, as every row''s does.';

alter table quota.entry drop constraint entry_kind, drop constraint entry_names_its_attempt;
alter table quota.entry
    add constraint entry_kind check (kind in ('calls', 'loss', 'found', 'correction', 'slice-time')),
    add constraint entry_names_its_attempt check ((kind in ('loss', 'found', 'correction')) = (call_id is not null));
comment on table quota.entry is 'calls: what the attempts of one batch cost their callers. loss: what one attempt used and nobody pays, naming its intent. found: what its engine counted of it beyond that, or did not. correction: what an attempt cost its caller that was told after its day was archived. slice-time: one row of slice_usage.';

insert into quota.turn (name, taken_at) values ('usage-archive', '-infinity');

-- A day that was archived gets no place again: whatever is told of it is late.
create or replace function quota.ensure_usage_partitions(first date, days int) returns void
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
        continue when exists (select from quota.usage_retention where day::timestamp at time zone 'UTC' < retained_from);
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

create function quota.oldest_usage_day() returns date
    language sql stable
    security definer
    set search_path = pg_catalog, pg_temp
    return (select min(to_date(substr(c.relname, 7), 'YYYYMMDD'))
              from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = 'quota.usage'::regclass and c.relname ~ '^usage_[0-9]{8}$');
comment on function quota.oldest_usage_day is 'The first day that has a place. Null: none has.';

create function quota.why_usage_day_stays(day date, months int) returns text
    language plpgsql stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    begins timestamptz := day::timestamp at time zone 'UTC';
    ends timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
    if months is null or months not between 1 and 1200 then
        raise exception 'usage is kept for 1 to 1200 months, not %', months using errcode = 'invalid_parameter_value';
    end if;
    if day is distinct from quota.oldest_usage_day() then
        return 'it is not the oldest day that is here';
    end if;
    -- In whatever time zone: the day after belongs to the same month or to the one that begins in it, and no month ends a day later than in UTC.
    if now() < (date_trunc('month', (day + 1)::timestamp) + make_interval(months => 1 + months, days => 1)) at time zone 'UTC' then
        return 'a month that it touches has not been over for ' || months || ' months';
    end if;
    -- Life-long limits count for ever. What they count stands in their period, and counting anew takes roll-ups.
    if exists (select from quota.limit_period p
                where p.period_start < ends and p.period_end > begins and p.period_end > now() and p.period_end < 'infinity') then
        return 'the period of a limit that it touches has not ended';
    end if;
    if exists (select from quota.reservation r where r.kind = 'call' and r.ts < ends) then
        return 'an attempt of that time is open';
    end if;
    -- A life that is silent for good is forgotten after a while; what its journal still tells then is late.
    if exists (select from quota.under_way u where u.oldest < ends) then
        return 'a replica has told of an attempt of that time';
    end if;
    -- Ids of entries begin with their time.
    if exists (select from audit.entry e left join audit.leaf l on l.entry_id = e.id
                where e.id >= (lpad(to_hex((extract(epoch from begins) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
                  and e.id < (lpad(to_hex((extract(epoch from ends) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
                  and (l.index is null or l.index >= (select coalesce(max(size), 0) from audit.checkpoint))) then
        return 'the audit trail of that day is not sealed';
    end if;
    return null;
end
$$;
comment on function quota.why_usage_day_stays is 'Null: it may be archived and dropped.';

create function quota.require_books_of_day(begins timestamptz, ends timestamptz, told jsonb) returns void
    language plpgsql stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        with here as (
            select tenant_id, count(*) as rows, sum(input) as input, sum(cache_read) as cache_read, sum(cache_write) as cache_write, sum(output) as output, sum(cost) as cost
              from quota.usage where ts >= begins and ts < ends group by tenant_id),
        there as (
            select * from jsonb_to_recordset(told) as t(tenant uuid, rows bigint, input numeric, "cacheRead" numeric, "cacheWrite" numeric, output numeric, cost numeric))
        (table here except table there) union all (table there except table here)) then
        raise exception 'the archive does not hold the rows of the day that are here' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (
        with rows as (
            select tenant_id, date_bin('15 minutes', ts, '2000-01-01 00:00+00') as bucket, project_id, key_id, person, endpoint_id, model, price_version,
                   count(*) filter (where attempt = 0) as calls, count(*) as attempts, count(*) filter (where status >= 400 and status <> 499) as failed,
                   count(*) filter (where estimated) as estimated, sum(input)::bigint as input, sum(cache_read)::bigint as cache_read,
                   sum(cache_write)::bigint as cache_write, sum(output)::bigint as output, sum(cost) as cost
              from quota.usage where ts >= begins and ts < ends group by 1, 2, 3, 4, 5, 6, 7, 8),
        sums as (
            select tenant_id, bucket, project_id, key_id, person, endpoint_id, model, price_version,
                   calls, attempts, failed, estimated, input, cache_read, cache_write, output, cost
              from quota.usage_rollup where bucket >= begins and bucket < ends)
        (table rows except table sums) union all (table sums except table rows)) then
        raise exception 'the roll-ups of the day are not the sums of its rows' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (
        with used as (
            select u.tenant_id, u.project_id, n.unit, sum(n.amount) as amount
              from quota.usage u
              left join quota.price_book b on b.version = u.price_version
              cross join lateral (values ('input', u.input::numeric), ('cache-read', u.cache_read), ('cache-write', u.cache_write), ('output', u.output),
                                         (coalesce(b.currency, 'without a price'), u.cost)) as n(unit, amount)
             where u.ts >= begins and u.ts < ends group by 1, 2, 3 having sum(n.amount) <> 0),
        owed as (
            select p.tenant_id, p.project_id, p.unit, sum(p.amount) as amount
              from quota.tenant t
              join quota.posting p on p.tenant_id = t.tenant_id and p.account = 'caller' and p.bucket >= begins and p.bucket < ends
              join quota.entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id and e.kind in ('calls', 'correction')
             group by 1, 2, 3 having sum(p.amount) <> 0)
        (table used except table owed) union all (table owed except table used)) then
        raise exception 'the ledger does not say the same of the day as its rows' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (
        select from quota.intent i
         where i.ts >= begins and i.ts < ends
           and not exists (select from quota.usage u where u.tenant_id = i.tenant_id and u.call_id = i.call_id and u.attempt = i.attempt and u.ts = i.ts)) then
        raise exception 'an intent of the day has no usage row' using errcode = 'object_not_in_prerequisite_state';
    end if;
end
$$;
comment on function quota.require_books_of_day is 'What remains when the rows are gone says the same as they do.';

create function quota.drop_archived_day(day date, months int, file text, sha256 bytea, bytes bigint, told jsonb) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    begins timestamptz := day::timestamp at time zone 'UTC';
    ends timestamptz := (day + 1)::timestamp at time zone 'UTC';
    part text;
    why text;
    sums record;
    whole jsonb;
begin
    perform pg_advisory_xact_lock(hashtextextended('quota.usage_archive', 0));
    perform pg_advisory_xact_lock(hashtextextended('quota.ensure_usage_partitions', 0));
    if exists (select from quota.usage_archive a where a.day = drop_archived_day.day) then
        return false;
    end if;
    why := quota.why_usage_day_stays(day, months);
    if why is not null then
        raise exception 'usage of % stays: %', day, why using errcode = 'object_not_in_prerequisite_state';
    end if;
    -- 1. Nothing more is written there; readers go on.
    foreach part in array array['usage_' || to_char(day, 'YYYYMMDD'), 'intent_' || to_char(day, 'YYYYMMDD')] loop
        if to_regclass('quota.' || part) is not null then
            execute format('lock table quota.%I in share mode', part);
        end if;
    end loop;
    -- 2. The archive holds these rows, and what remains says the same.
    perform quota.require_books_of_day(begins, ends, told);
    -- 3. On record.
    insert into quota.usage_archive_sum (tenant_id, day, rows, input, cache_read, cache_write, output, cost)
    select t.tenant, drop_archived_day.day, t.rows, t.input, t."cacheRead", t."cacheWrite", t.output, t.cost
      from jsonb_to_recordset(told) as t(tenant uuid, rows bigint, input numeric, "cacheRead" numeric, "cacheWrite" numeric, output numeric, cost numeric);
    insert into quota.usage_archive (day, file, sha256, bytes, rows, input, cache_read, cache_write, output, cost)
    select drop_archived_day.day, drop_archived_day.file, drop_archived_day.sha256, drop_archived_day.bytes,
           coalesce(sum(s.rows), 0), coalesce(sum(s.input), 0), coalesce(sum(s.cache_read), 0), coalesce(sum(s.cache_write), 0), coalesce(sum(s.output), 0), coalesce(sum(s.cost), 0)
      from quota.usage_archive_sum s where s.day = drop_archived_day.day;
    update quota.usage_retention set retained_from = ends;
    whole := jsonb_build_object('day', day, 'file', file, 'sha256', encode(sha256, 'hex'));
    for sums in
        select s.tenant_id, s.rows, s.input, s.cache_read, s.cache_write, s.output, s.cost from quota.usage_archive_sum s where s.day = drop_archived_day.day
        union all
        select null, a.rows, a.input, a.cache_read, a.cache_write, a.output, a.cost from quota.usage_archive a where a.day = drop_archived_day.day
        order by 1
    loop
        perform set_config('penstock.tenant', coalesce(sums.tenant_id::text, ''), true);
        -- Amounts as text: exact in every reader.
        perform audit.append('usage.archive', 'usage-day', day::text, null, null, 'done', null, null, whole || jsonb_build_object(
            'rows', sums.rows, 'input', sums.input::text, 'cacheRead', sums.cache_read::text, 'cacheWrite', sums.cache_write::text,
            'output', sums.output::text, 'cost', sums.cost::text));
    end loop;
    perform set_config('penstock.tenant', '', true);
    -- 4. Gone. Dropping stops everybody who reads usage: rather later than for long.
    perform set_config('lock_timeout', '1s', true);
    foreach part in array array['usage_' || to_char(day, 'YYYYMMDD'), 'intent_' || to_char(day, 'YYYYMMDD')] loop
        execute format('drop table if exists quota.%I', part);
    end loop;
    return true;
end
$$;
comment on function quota.drop_archived_day is 'The only way in which usage rows go. Refuses whatever does not hold; false: it was done before.';

revoke all on function quota.oldest_usage_day, quota.why_usage_day_stays, quota.require_books_of_day, quota.drop_archived_day from public;
grant execute on function quota.oldest_usage_day, quota.why_usage_day_stays, quota.drop_archived_day to quota_settle;

-- The functions see what they decide by.
create policy archive on quota.usage for select to penstock_owner using (true);
create policy archive on quota.intent for select to penstock_owner using (true);
create policy archive on quota.usage_rollup for select to penstock_owner using (true);
create policy archive on quota.posting for select to penstock_owner using (true);
create policy archive on quota.entry for select to penstock_owner using (true);
create policy archive on quota.limit_period for select to penstock_owner using (true);
create policy archive on quota.reservation for select to penstock_owner using (true);
create policy archive on audit.entry for select to penstock_owner using (true);

do $$
declare t text;
begin
    foreach t in array array['usage_archive_sum', 'usage_late'] loop
        execute format('alter table quota.%I enable row level security', t);
        execute format('alter table quota.%I force row level security', t);
        execute format('create policy web on quota.%I for select to quota_web using (tenant_id = (select setting.tenant()))', t);
        execute format('create policy org on quota.%I for select to quota_org using (true)', t);
        execute format('grant select on quota.%I to quota_web, quota_org', t);
    end loop;
end
$$;
create policy archive on quota.usage_archive_sum for all to penstock_owner using (true) with check (true);
create policy settle on quota.usage_late for all to quota_settle using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy recover on quota.usage_late for select to quota_settle using (true);
grant select, insert on quota.usage_late to quota_settle;
grant update (state, booked_as, decided_at) on quota.usage_late to quota_settle;
grant select on quota.usage_archive to quota_org, quota_settle;
grant select on quota.usage_retention to quota_web, quota_org, quota_settle;

-- A correction is on record, in the transaction that books it; so is every other entry that somebody or something decided.
grant usage on schema audit to quota_settle;
grant execute on function audit.append to quota_settle;
