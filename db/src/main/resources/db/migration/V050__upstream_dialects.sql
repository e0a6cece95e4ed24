-- Upstreams that speak Anthropic's Messages, and models that may be given less than their upstream. See docs/decisions/048.

alter table quota.upstream add column dialect text not null default 'OPENAI' check (dialect in ('OPENAI', 'ANTHROPIC'));
comment on column quota.upstream.dialect is 'How it is spoken to, and how its key is sent.';

alter table quota.upstream_model
    add column takes       text check (takes in ('PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'RESTRICTED')),
    add column limit_field text not null default 'MAX_TOKENS' check (limit_field in ('MAX_TOKENS', 'MAX_COMPLETION_TOKENS'));
comment on column quota.upstream_model.takes is 'The highest class of data that it may be given, where that is less than its upstream may; null: what its upstream may. The narrower of the two counts.';
comment on column quota.upstream_model.limit_field is 'The one field of chat completions in which it is told how long an answer may be.';
