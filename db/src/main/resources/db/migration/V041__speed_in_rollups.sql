-- How fast answers came, added up like everything else of a quarter hour. What can be added up are sums, so that readers divide: means, of any
-- group and any time. What was booked before this is not made up for.

alter table quota.usage_rollup
    add column streamed       bigint not null default 0 check (streamed >= 0),
    add column first_token_ms bigint not null default 0 check (first_token_ms >= 0),
    add column written        bigint not null default 0 check (written >= 0),
    add column writing_ms     bigint not null default 0 check (writing_ms >= 0);
comment on column quota.usage_rollup.streamed is 'Attempts of which the time to the first token is known.';
comment on column quota.usage_rollup.first_token_ms is 'The sum of those times.';
comment on column quota.usage_rollup.written is 'Tokens after the first ones of streamed attempts, where the engine counted them.';
comment on column quota.usage_rollup.writing_ms is 'The sum of the times in which those were written.';
