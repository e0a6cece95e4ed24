-- Names that stand for several models, and how one of those is chosen. For the whole installation; a version that was made never changes.

create table quota.alias (
    name     text        not null check (length(name) between 1 and 100),
    version  int         not null check (version >= 1),
    strategy text        not null check (strategy in ('WEIGHTED', 'LEAST_BUSY', 'FASTEST', 'SESSION')),
    made_by  text        not null,
    made_at  timestamptz not null,
    reason   text,
    primary key (name, version)
);
comment on table quota.alias is 'The highest version of a name counts; one without targets is withdrawn.';

create table quota.alias_target (
    name    text not null,
    version int  not null,
    place   int  not null check (place >= 1),
    model   text not null,
    tier    int  not null check (tier >= 0),
    weight  int  not null check (weight >= 1),
    primary key (name, version, place),
    unique (name, version, model),
    foreign key (name, version) references quota.alias
);
comment on column quota.alias_target.model is 'A model''s name, looked up among what the caller''s project may call.';
comment on column quota.alias_target.tier is '0 is asked first; a higher one only when none of a lower takes calls.';

comment on column quota.usage_model.model is 'The model that answered, by the name that callers may call it by. Who called an alias is told it too.';

grant select on quota.alias, quota.alias_target to quota_web, quota_snapshot;
grant insert on quota.alias, quota.alias_target to quota_web;
