-- Where on a GPU a partition of a profile may begin, and how many of it one GPU can have: `nvidia-smi mig -lgipp`. A whole GPU begins at its first slot.
alter table platform.slice_profile
    add column starts smallint[],
    add column most   smallint;

update platform.slice_profile p
   set starts = t.starts, most = t.most
  from (values (7, 8, '{0}'::smallint[], 1), (4, 4, '{0}', 1), (3, 4, '{0,4}', 2), (2, 2, '{0,2,4}', 3), (1, 2, '{0,2,4,6}', 4), (1, 1, '{0,1,2,3,4,5,6}', 7))
       as t(compute, memory, starts, most)
 where t.compute = p.compute_slots and t.memory = p.memory_slots;

alter table platform.slice_profile
    alter column starts set not null,
    alter column most set not null,
    add check (cardinality(starts) >= 1 and 0 <= all (starts) and 8 > all (starts)),
    add check (most between 1 and 8);
comment on column platform.slice_profile.starts is 'Memory slots at which it may begin.';
comment on column platform.slice_profile.most is 'Of one GPU.';
