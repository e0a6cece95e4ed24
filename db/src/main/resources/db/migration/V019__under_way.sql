-- What replicas have under way whose intents are in their journals, told by themselves. See docs/decisions/019.

create table quota.life (
    replica text        not null references quota.replica,
    epoch   bigint      not null check (epoch >= 1),
    journal uuid        not null,
    as_of   timestamptz not null default clock_timestamp(),
    primary key (replica, epoch)
);
create index life_of_journal on quota.life (journal);
comment on table quota.life is 'A life of a replica that admits by allotments. Stands here before anything begins in it, until everything in its journal is settled and nothing more can begin.';
comment on column quota.life.journal is 'Where the intents of its attempts are. Only who has that journal may say that they are all settled.';
comment on column quota.life.as_of is 'What it has said is not older than this: the database''s clock, read before it looked at what it has under way.';

create table quota.under_way (
    replica     text        not null,
    epoch       bigint      not null,
    endpoint_id uuid        not null,
    attempts    int         not null check (attempts >= 1),
    input       bigint      not null check (input >= 0),
    output      bigint      not null check (output >= 0),
    oldest      timestamptz not null,
    primary key (replica, epoch, endpoint_id),
    foreign key (replica, epoch) references quota.life on delete cascade
);
create index under_way_at_endpoint on quota.under_way (endpoint_id);
comment on table quota.under_way is 'What a life had under way as of the time it names: begun, and not in the ledger for all to see. Without a row: nothing at that endpoint.';
comment on column quota.under_way.input is 'The most that the engine may count of these attempts. Likewise output.';
comment on column quota.under_way.oldest is 'When the call came whose attempt began first.';

grant select, insert, delete on quota.life, quota.under_way to quota_settle;
grant update (as_of) on quota.life to quota_settle;
grant update (attempts, input, output, oldest) on quota.under_way to quota_settle;
grant select on quota.life, quota.under_way to quota_org;
