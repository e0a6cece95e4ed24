-- Slices of more kinds: several whole GPUs of one node, and GPUs that several slices of one tenant take turns on (time-slicing) or divide among them (MPS).
alter table platform.slice_profile
    drop constraint slice_profile_kind_check,
    drop constraint slice_profile_parts_check,
    drop constraint slice_profile_node_product_resource_key,
    add column amount   smallint not null default 1 check (amount between 1 and 8),
    add column replicas smallint not null default 1 check (replicas between 1 and 64),
    add check (kind in ('WHOLE', 'MIG', 'TIME_SLICED', 'MPS')),
    add check (parts between 1 and 8 * 840),
    add check (amount = 1 or kind = 'WHOLE'),
    add check ((kind in ('TIME_SLICED', 'MPS')) = (replicas > 1)),
    add unique (node_product, kind, resource, amount, replicas);
comment on column platform.slice_profile.parts is 'Of 840 parts of a GPU; what GPU time is counted in. Several GPUs have as many times 840.';
comment on column platform.slice_profile.amount is 'Of the resource; all of it on one node.';
comment on column platform.slice_profile.replicas is 'How many slices use one GPU; the value of the node label nvidia.com/gpu.replicas where it is more than one.';

-- Several whole GPUs: each keeps its own memory, so the memory of two is two times that of one, and no program gets it in one piece.
insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, amount, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select w.device_id || '.whole-x' || n, n || ' × whole', w.device, w.node_product, 'WHOLE', w.resource, n, n * w.parts, w.compute_slots, w.memory_slots, n * w.memory_mib,
       n || ' whole cards of one node, each with its own memory: nothing is shared.', '{0}', 1
  from (select *, split_part(id, '.', 1) as device_id from platform.slice_profile where kind = 'WHOLE') w cross join unnest(array[2, 4, 8]) n;

-- A GPU shared by its equal fractions. The memory of time-slicing is what each has if all take the same: nothing enforces it.
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
 cross join unnest(array[2, 4, 8]) n;
