-- How much of an answer was thought and not said, as engines tell it. It is part of the output and costs what output costs.

alter table quota.usage add column reasoning bigint not null default 0 check (reasoning >= 0 and reasoning <= output);
comment on column quota.usage.reasoning is 'Of the output. 0 where the engine did not tell.';

alter table quota.usage_rollup add column reasoning bigint not null default 0 check (reasoning >= 0 and reasoning <= output);
alter table quota.usage_late add column reasoning bigint not null default 0 check (reasoning >= 0 and reasoning <= output);
