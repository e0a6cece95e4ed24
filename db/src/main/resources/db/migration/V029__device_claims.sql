-- Slices by device claims (dynamic resource allocation): the cluster's scheduler gives out single devices that a driver lists, instead of amounts that a plugin counts. See docs/decisions/029.
alter table platform.slice_profile
    drop constraint slice_profile_kind_check,
    drop constraint slice_profile_check,
    add column device_class   text check (device_class ~ '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'),
    add column device_driver  text check (device_driver ~ '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'),
    add column device_product text check (device_product ~ '^[A-Za-z0-9 ._+-]+$'),
    add column device_profile text check (device_profile ~ '^[a-z0-9.+-]+$'),
    add check (kind in ('WHOLE', 'MIG', 'TIME_SLICED', 'MPS', 'DRA')),
    add check (amount = 1 or kind = 'WHOLE' or kind = 'DRA' and device_profile is null),
    add check ((kind = 'DRA') = (device_class is not null) and (kind = 'DRA') = (device_driver is not null) and (kind = 'DRA') = (device_product is not null)),
    add check (kind = 'DRA' or device_profile is null),
    -- What is approved names the class and the condition: a claim with another one is another thing. catalog.DeviceChoice writes the same.
    add check (kind <> 'DRA' or resource = device_class || '[' || case when device_profile is null
            then format('device.driver == ''%1$s'' && device.attributes[''%1$s''].type == ''gpu'' && device.attributes[''%1$s''].productName == ''%2$s''', device_driver, device_product)
            else format('device.driver == ''%1$s'' && device.attributes[''%1$s''].type == ''mig'' && device.attributes[''%1$s''].productName == ''%2$s'' && device.attributes[''%1$s''].profile == ''%3$s''',
                        device_driver, device_product, device_profile) end || ']');
-- Two ways to the same devices would be counted twice.
create unique index slice_profile_devices on platform.slice_profile (device_driver, device_product, device_profile, amount) nulls not distinct where kind = 'DRA';
comment on column platform.slice_profile.device_class is 'Of kind DRA: the DeviceClass that a claim names.';
comment on column platform.slice_profile.device_driver is 'Of kind DRA: the driver that lists the devices, which is also the domain of their attributes.';
comment on column platform.slice_profile.device_product is 'Of kind DRA: the attribute productName.';
comment on column platform.slice_profile.device_profile is 'Of kind DRA: the attribute profile of a MIG device; null: a whole GPU.';

-- Whole GPUs and MIG partitions of every device that is known, as NVIDIA's driver lists them: nothing else may be of several tenants.
insert into platform.slice_profile
    (id, name, device, node_product, kind, device_class, device_driver, device_product, device_profile, resource, amount, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most)
select split_part(p.id, '.', 1) || '.dra-' || substr(p.id, strpos(p.id, '.') + 1), 'DRA ' || p.name, p.device, p.node_product, 'DRA', c.class, c.driver, d.name, c.profile,
       c.class || '[' || format('device.driver == ''%1$s'' && device.attributes[''%1$s''].type == ''%2$s'' && device.attributes[''%1$s''].productName == ''%3$s''', c.driver, c.type, d.name)
           || case when c.profile is null then '' else format(' && device.attributes[''%1$s''].profile == ''%2$s''', c.driver, c.profile) end || ']',
       p.amount, p.parts, p.compute_slots, p.memory_slots, p.memory_mib, p.isolation, p.starts, p.most
  from platform.slice_profile p
  join (values
         ('NVIDIA-A100-SXM4-40GB', 'NVIDIA A100-SXM4-40GB'), ('NVIDIA-A100-PCIE-40GB', 'NVIDIA A100-PCIE-40GB'),
         ('NVIDIA-A100-SXM4-80GB', 'NVIDIA A100-SXM4-80GB'), ('NVIDIA-A100-80GB-PCIe', 'NVIDIA A100 80GB PCIe'),
         ('NVIDIA-H100-80GB-HBM3', 'NVIDIA H100 80GB HBM3'), ('NVIDIA-H100-NVL', 'NVIDIA H100 NVL'),
         ('NVIDIA-GH200-480GB', 'NVIDIA GH200 480GB'), ('NVIDIA-H20', 'NVIDIA H20'), ('NVIDIA-H200', 'NVIDIA H200'), ('NVIDIA-B200', 'NVIDIA B200'))
       as d(label, name) on d.label = p.node_product
 cross join lateral (select 'gpu.nvidia.com' as driver, case p.kind when 'WHOLE' then 'gpu.nvidia.com' else 'mig.nvidia.com' end as class,
                            case p.kind when 'WHOLE' then 'gpu' else 'mig' end as type, case p.kind when 'MIG' then p.name end as profile) c
 where p.kind in ('WHOLE', 'MIG') and p.name not like '%+me' and p.amount <= 2;
