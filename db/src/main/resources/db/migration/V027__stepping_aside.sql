-- A slice steps aside: it is taken down, keeps its quota and its lease, and is then suspended or queued again.
alter table platform.slice drop constraint slice_ending_check;
alter table platform.slice
    add constraint slice_ending_check check (ending in ('RELEASED', 'EXPIRED', 'FAILED', 'SUSPENDED', 'QUEUED')),
    add constraint slice_steps_aside check (state = 'DRAINING' or ending in ('RELEASED', 'EXPIRED', 'FAILED'));
comment on column platform.slice.ending is 'What a draining slice becomes when it is gone. SUSPENDED and QUEUED are forgotten then: it only stepped aside.';
comment on column platform.slice.ending_reason is 'Why it ends or steps aside; reason may meanwhile say why that takes so long.';
comment on column platform.slice.phase is 'How often it was brought up. A lost node begins a new phase, with a new pod; so does stepping aside.';
