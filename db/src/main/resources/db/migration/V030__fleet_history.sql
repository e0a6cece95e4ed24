-- What the fleet was, and when somebody looked. See docs/decisions/030.
create table platform.fleet_watched (
    from_at timestamptz not null primary key,
    until   timestamptz not null check (until >= from_at),
    keeper  uuid        not null
);
comment on table platform.fleet_watched is 'Stretches of time in which the nodes were looked at without a gap. Between two of them nobody knows what there was.';
comment on column platform.fleet_watched.until is 'The last look of the stretch.';
comment on column platform.fleet_watched.keeper is 'The replica that writes. Another one takes over when it has not written for a while.';

create table platform.fleet_node (
    node        text        not null check (node <> ''),
    from_at     timestamptz not null,
    until       timestamptz,
    product     text        not null,
    ready       boolean     not null,
    schedulable boolean     not null,
    simulated   boolean     not null,
    gpus        int         not null check (gpus >= 0),
    sharing     text        not null,
    replicas    int         not null,
    offered     jsonb       not null,
    primary key (node, from_at),
    check (until > from_at)
);
create unique index fleet_node_now on platform.fleet_node (node) where until is null;
create index fleet_node_from on platform.fleet_node (from_at);
create index fleet_node_until on platform.fleet_node (until) where until is not null;
comment on table platform.fleet_node is 'What a node was seen as, from the look that found it so to the look that found it otherwise. Of no tenant: nodes are everybody''s.';
comment on column platform.fleet_node.until is 'The look that found it otherwise, or gone; null: it was so at the last look.';
comment on column platform.fleet_node.offered is 'GPU resources by name. What of them is used is not here: who used it is in the slices.';

alter table platform.fleet_watched enable row level security;
alter table platform.fleet_watched force row level security;
create policy org on platform.fleet_watched for select to platform_org using (true);
create policy reconcile on platform.fleet_watched for all to platform_reconcile using (true) with check (true);
grant select on platform.fleet_watched to platform_org;
grant select, insert, delete on platform.fleet_watched to platform_reconcile;
grant update (from_at, until, keeper) on platform.fleet_watched to platform_reconcile;

alter table platform.fleet_node enable row level security;
alter table platform.fleet_node force row level security;
create policy org on platform.fleet_node for select to platform_org using (true);
create policy reconcile on platform.fleet_node for all to platform_reconcile using (true) with check (true);
grant select on platform.fleet_node to platform_org;
grant select, insert, delete on platform.fleet_node to platform_reconcile;
grant update (until) on platform.fleet_node to platform_reconcile;

-- A drain or a cordon that is cancelled leaves the node as it was before.
alter table platform.node_order
    add column found_closed boolean not null default false,
    drop constraint node_order_check2,
    add constraint node_order_only_cuts_fail check (goal = 'RECUT' or state not in ('CUTTING', 'FAILED', 'GIVEN_UP'));
comment on column platform.node_order.found_closed is 'The node was closed already when the order was given, and stays so if it is cancelled.';
grant update (found_closed) on platform.node_order to platform_reconcile;
