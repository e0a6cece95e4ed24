-- What an administrator ordered of a node: to close it, to empty it, to have its GPUs cut anew, to open it. A reconciler carries it out. See docs/decisions/026.
create table platform.node_order (
    id             uuid        not null primary key,
    node           text        not null check (node <> ''),
    goal           text        not null check (goal in ('CLOSE', 'EMPTY', 'RECUT', 'OPEN')),
    state          text        not null check (state in ('CLOSING', 'EMPTYING', 'CUTTING', 'OPENING', 'FAILED', 'DONE', 'CANCELLED', 'GIVEN_UP', 'REPLACED')),
    ordered_by     text        not null,
    ordered_at     timestamptz not null,
    reason         text,
    empty_at       timestamptz not null,
    repack         uuid,
    cut            jsonb,
    stops          jsonb       not null default '[]',
    attempt        int         not null default 1 check (attempt >= 1),
    config_at      timestamptz,
    since          timestamptz not null,
    words          text,
    remaining      int         not null default 0 check (remaining >= 0),
    cancelled      boolean     not null default false,
    ended_at       timestamptz,
    version        bigint      not null default 0,
    check ((goal = 'RECUT') = (cut is not null)),
    check ((state in ('DONE', 'CANCELLED', 'GIVEN_UP', 'REPLACED')) = (ended_at is not null)),
    check (goal = 'RECUT' or state not in ('CUTTING', 'FAILED', 'CANCELLED', 'GIVEN_UP'))
);
create unique index node_order_live on platform.node_order (node) where ended_at is null;
create index node_order_repack on platform.node_order (repack) where repack is not null;
comment on table platform.node_order is 'Of no tenant: nodes are everybody''s. One that has not ended for each node.';
comment on column platform.node_order.empty_at is 'From when on slices on the node are taken elsewhere; until then they are told.';
comment on column platform.node_order.cut is 'Of each GPU of the node how many partitions of each profile it is to have, by the profile''s name; none: not cut.';
comment on column platform.node_order.stops is 'Ids of the slices that leave the node or come to it by what the administrator consented to. They keep their part while it is cut.';
comment on column platform.node_order.attempt is 'Part of the name of the configuration: the MIG manager only acts when the label changes.';
comment on column platform.node_order.config_at is 'When the configuration was written for the MIG manager; null: not yet.';
comment on column platform.node_order.since is 'Of the state.';
comment on column platform.node_order.remaining is 'Pods of ours that were last seen on the node.';
comment on column platform.node_order.cancelled is 'It is being opened because somebody cancelled it, or something overtook it.';

alter table platform.node_order enable row level security;
alter table platform.node_order force row level security;
create policy web on platform.node_order for all to platform_web using ((select setting.tenant()) is null) with check ((select setting.tenant()) is null);
create policy org on platform.node_order for select to platform_org using (true);
create policy reconcile_read on platform.node_order for select to platform_reconcile using (true);
create policy reconcile_update on platform.node_order for update to platform_reconcile using (true) with check (true);
grant select, insert on platform.node_order to platform_web;
grant update (state, since, words, attempt, config_at, cancelled, ended_at, version) on platform.node_order to platform_web;
grant select on platform.node_order to platform_org, platform_reconcile;
grant update (state, since, words, config_at, remaining, cancelled, ended_at, version) on platform.node_order to platform_reconcile;

-- Profiles of further devices. Slots, places, how many at most and names: NVIDIA's listings. Media engines (+me) are on one partition of a GPU at most.
-- How much memory a partition has in MiB nobody told us: nine tenths of what its slots' share of the card's nominal memory is, so that what is said to fit does.
insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select d.key || '.' || n.name, n.name, d.device, d.node_product, s.kind, n.resource, greatest(120 * s.compute, 105 * s.memory), s.compute, s.memory,
       floor(d.gb * 1024 * 0.9 * s.memory / 8), s.isolation, s.starts, s.most
  from (values
         ('a100-40', 'NVIDIA A100 40 GB', 'NVIDIA-A100-SXM4-40GB', 40, array['1g.5gb', '1g.10gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb']),
         ('a100-40-pcie', 'NVIDIA A100 40 GB PCIe', 'NVIDIA-A100-PCIE-40GB', 40, array['1g.5gb', '1g.10gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb']),
         ('a100-80', 'NVIDIA A100 80 GB', 'NVIDIA-A100-SXM4-80GB', 80, array['1g.10gb', '1g.20gb', '2g.20gb', '3g.40gb', '4g.40gb', '7g.80gb']),
         ('a100-80-pcie', 'NVIDIA A100 80 GB PCIe', 'NVIDIA-A100-80GB-PCIe', 80, array['1g.10gb', '1g.20gb', '2g.20gb', '3g.40gb', '4g.40gb', '7g.80gb']),
         ('h100-94', 'NVIDIA H100 NVL 94 GB', 'NVIDIA-H100-NVL', 94, array['1g.12gb', '1g.24gb', '2g.24gb', '3g.47gb', '4g.47gb', '7g.94gb']),
         ('gh200-96', 'NVIDIA GH200 96 GB', 'NVIDIA-GH200-480GB', 96, array['1g.12gb', '1g.24gb', '2g.24gb', '3g.48gb', '4g.48gb', '7g.96gb']),
         ('h20-96', 'NVIDIA H20 96 GB', 'NVIDIA-H20', 96, array['1g.12gb', '1g.24gb', '2g.24gb', '3g.48gb', '4g.48gb', '7g.96gb']),
         ('b200-180', 'NVIDIA B200 180 GB', 'NVIDIA-B200', 180, array['1g.23gb', '1g.45gb', '2g.45gb', '3g.90gb', '4g.90gb', '7g.180gb']))
       as d(key, device, node_product, gb, names)
 cross join (values
         (1, '', 'MIG', 1, 1, '{0,1,2,3,4,5,6}'::smallint[], 7, 'Memory, cache and compute cut in hardware.'),
         (1, '+me', 'MIG', 1, 1, '{0,1,2,3,4,5,6}', 1, 'Memory, cache and compute cut in hardware; with the media engines.'),
         (2, '', 'MIG', 1, 2, '{0,2,4,6}', 4, 'Memory, cache and compute cut in hardware.'),
         (3, '', 'MIG', 2, 2, '{0,2,4}', 3, 'Memory, cache and compute cut in hardware.'),
         (4, '', 'MIG', 3, 4, '{0,4}', 2, 'Memory, cache and compute cut in hardware.'),
         (5, '', 'MIG', 4, 4, '{0}', 1, 'Memory, cache and compute cut in hardware.'),
         (6, '', 'MIG', 7, 8, '{0}', 1, 'The whole card, in MIG mode.'),
         (0, '', 'WHOLE', 7, 8, '{0}', 1, 'The whole card: nothing is shared.'))
       as s(place, suffix, kind, compute, memory, starts, most, isolation)
 cross join lateral (select coalesce(d.names[s.place], 'whole') || s.suffix as name,
                            case s.kind when 'WHOLE' then 'nvidia.com/gpu' else 'nvidia.com/mig-' || d.names[s.place] || replace(s.suffix, '+', '.') end as resource) n;

insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select id || '+me', name || '+me', device, node_product, kind, resource || '.me', parts, compute_slots, memory_slots, memory_mib,
       'Memory, cache and compute cut in hardware; with the media engines.', starts, 1
  from platform.slice_profile where id in ('h100-80.1g.10gb', 'h200-141.1g.18gb');

-- What V024 has of each device that was known then.
insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, amount, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select w.device_id || '.whole-x' || n, n || ' × whole', w.device, w.node_product, 'WHOLE', w.resource, n, n * w.parts, w.compute_slots, w.memory_slots, n * w.memory_mib,
       n || ' whole cards of one node, each with its own memory: nothing is shared.', '{0}', 1
  from (select *, split_part(id, '.', 1) as device_id from platform.slice_profile where kind = 'WHOLE' and amount = 1) w cross join unnest(array[2, 4, 8]) n
 where not exists (select from platform.slice_profile known where known.id = w.device_id || '.whole-x' || n);

insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, replicas, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select w.device_id || k.suffix || n, k.label || ' 1/' || n, w.device, w.node_product, k.kind, 'nvidia.com/gpu.shared', n, w.parts / n, w.compute_slots, w.memory_slots, w.memory_mib / n,
       format(k.isolation, n), '{0}', 1
  from (select *, split_part(id, '.', 1) as device_id from platform.slice_profile where kind = 'WHOLE' and amount = 1) w
 cross join (values
       ('TIME_SLICED', '.time-sliced-', 'time-sliced',
        'Up to %s slices of your own tenant take turns on one card. No memory isolation: one can use up the memory of all, and a fault of one can end the others.'),
       ('MPS', '.mps-', 'MPS',
        'Up to %s slices of your own tenant run side by side on one card, each limited to its share of memory and computing by software. A fault of one can end the others.'))
       as k(kind, suffix, label, isolation)
 cross join unnest(array[2, 4, 8]) n
 where not exists (select from platform.slice_profile known where known.id = w.device_id || k.suffix || n);
