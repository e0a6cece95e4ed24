-- The profiles that ship: whole GPUs and MIG profiles of 80 GB and 141 GB cards. Data, to be extended by an administrator.
insert into platform.slice_profile
    (id, name, device, node_product, kind, resource, parts, compute_slots, memory_slots, memory_mib, isolation)
values
    ('h100-80.1g.10gb', '1g.10gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-1g.10gb', 120, 1, 1, 9856, 'Memory, cache and compute cut in hardware.'),
    ('h100-80.1g.20gb', '1g.20gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-1g.20gb', 210, 1, 2, 19968, 'Memory, cache and compute cut in hardware.'),
    ('h100-80.2g.20gb', '2g.20gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-2g.20gb', 240, 2, 2, 19968, 'Memory, cache and compute cut in hardware.'),
    ('h100-80.3g.40gb', '3g.40gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-3g.40gb', 420, 3, 4, 40448, 'Memory, cache and compute cut in hardware.'),
    ('h100-80.4g.40gb', '4g.40gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-4g.40gb', 480, 4, 4, 40448, 'Memory, cache and compute cut in hardware.'),
    ('h100-80.7g.80gb', '7g.80gb', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'MIG', 'nvidia.com/mig-7g.80gb', 840, 7, 8, 81024, 'The whole card, in MIG mode.'),
    ('h100-80.whole', 'whole', 'NVIDIA H100 80 GB', 'NVIDIA-H100-80GB-HBM3', 'WHOLE', 'nvidia.com/gpu', 840, 7, 8, 81559, 'The whole card: nothing is shared.'),
    ('h200-141.1g.18gb', '1g.18gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-1g.18gb', 120, 1, 1, 16384, 'Memory, cache and compute cut in hardware.'),
    ('h200-141.1g.35gb', '1g.35gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-1g.35gb', 210, 1, 2, 33280, 'Memory, cache and compute cut in hardware.'),
    ('h200-141.2g.35gb', '2g.35gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-2g.35gb', 240, 2, 2, 33280, 'Memory, cache and compute cut in hardware.'),
    ('h200-141.3g.71gb', '3g.71gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-3g.71gb', 420, 3, 4, 71168, 'Memory, cache and compute cut in hardware.'),
    ('h200-141.4g.71gb', '4g.71gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-4g.71gb', 480, 4, 4, 71168, 'Memory, cache and compute cut in hardware.'),
    ('h200-141.7g.141gb', '7g.141gb', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'MIG', 'nvidia.com/mig-7g.141gb', 840, 7, 8, 143771, 'The whole card, in MIG mode.'),
    ('h200-141.whole', 'whole', 'NVIDIA H200 141 GB', 'NVIDIA-H200', 'WHOLE', 'nvidia.com/gpu', 840, 7, 8, 143771, 'The whole card: nothing is shared.');
