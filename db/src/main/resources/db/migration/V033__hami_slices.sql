-- Slices by HAMi: so much of a GPU's memory and so much of its computing, kept by a library in the container. See docs/decisions/034.
alter table platform.slice_profile
    drop constraint slice_profile_kind_check,
    drop constraint slice_profile_check1,
    add check (kind in ('WHOLE', 'MIG', 'TIME_SLICED', 'MPS', 'HAMI', 'DRA')),
    add check ((kind in ('TIME_SLICED', 'MPS', 'HAMI')) = (replicas > 1)),
    -- What is approved names both amounts: a pod that asks for more of either asks for another thing. catalog.CardShare writes the same.
    add check (kind <> 'HAMI' or resource = format('nvidia.com/gpu(gpumem=%s,gpucores=%s)', memory_mib, 100 / replicas));
comment on column platform.slice_profile.replicas is
    'How many slices use one GPU; the value of the node label nvidia.com/gpu.replicas where it is more than one, of kind HAMI of penstock.dev/hami-shares.';

-- Equal fractions, so that any card of a node holds a whole number of them, whichever card HAMi picks.
insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, replicas, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select split_part(w.id, '.', 1) || '.hami-' || n, 'HAMi 1/' || n, w.device, w.node_product, 'HAMI', format('nvidia.com/gpu(gpumem=%s,gpucores=%s)', w.memory_mib / n, 100 / n), n,
       w.parts / n, w.compute_slots, w.memory_slots, w.memory_mib / n,
       format('Up to %s slices of your own tenant on one card, each kept to its memory and computing by a library in its container. Whoever is inside can get around it, and a fault of one can end the others.', n),
       '{0}', 1
  from platform.slice_profile w cross join unnest(array[2, 4, 8]) n
 where w.kind = 'WHOLE' and w.amount = 1;
