-- Workspaces from images that administrators curate, with a volume of their own, and how people get in. See docs/decisions/028.

create table platform.workspace_image (
    id         text        not null primary key check (id ~ '^[a-z][a-z0-9-]{0,38}[a-z0-9]$'),
    kind       text        not null check (kind in ('JUPYTERLAB', 'VSCODE', 'SSH')),
    title      text        not null check (title <> ''),
    reference  text        not null check (reference ~ '^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$'),
    offered    boolean     not null,
    changed_by text        not null,
    changed_at timestamptz not null
);
comment on table platform.workspace_image is 'Of no tenant: what is in it may run on every slice, and nothing else may.';
comment on column platform.workspace_image.reference is 'By digest only: a tag may mean something else tomorrow.';
comment on column platform.workspace_image.offered is 'False: nobody can ask for it any more; slices that were approved with it keep it.';

alter table platform.workspace_image enable row level security;
alter table platform.workspace_image force row level security;
create policy web_read on platform.workspace_image for select to platform_web using (true);
create policy web_insert on platform.workspace_image for insert to platform_web with check ((select setting.tenant()) is null);
create policy web_update on platform.workspace_image for update to platform_web using ((select setting.tenant()) is null) with check ((select setting.tenant()) is null);
create policy org on platform.workspace_image for select to platform_org using (true);
grant select, insert on platform.workspace_image to platform_web;
grant update (kind, title, reference, offered, changed_by, changed_at) on platform.workspace_image to platform_web;
grant select on platform.workspace_image to platform_org;

alter table platform.slice_request add column workspace jsonb;
alter table platform.slice_request add constraint slice_request_workspace check (workspace is null or kind = 'WORKSPACE');
alter table platform.slice add column workspace jsonb;
alter table platform.slice add constraint slice_workspace check (workspace is null or kind = 'WORKSPACE');
comment on column platform.slice.workspace is 'The image and the volume it was approved with; null: a plain shell, or what serves a model.';

-- A ticket that somebody was given, and the session it was swapped for. Only digests are kept.
create table platform.workspace_entry (
    tenant_id     uuid        not null,
    ticket_digest bytea       not null check (length(ticket_digest) = 32),
    slice_id      uuid        not null,
    subject       text        not null,
    groups        text[]      not null,
    issued_at     timestamptz not null,
    ticket_until  timestamptz not null,
    session_digest bytea      check (length(session_digest) = 32),
    session_until timestamptz,
    primary key (tenant_id, ticket_digest),
    unique (tenant_id, session_digest),
    foreign key (tenant_id, slice_id) references platform.slice (tenant_id, id),
    check ((session_digest is null) = (session_until is null))
);
create index workspace_entry_old on platform.workspace_entry (issued_at);
comment on column platform.workspace_entry.groups is 'Of the person''s token when the ticket was asked for: with them it is asked on every call whether they are still members.';
comment on column platform.workspace_entry.session_digest is 'Null: the ticket was not used yet. It is used once.';

alter table platform.workspace_entry enable row level security;
alter table platform.workspace_entry force row level security;
create policy web on platform.workspace_entry for all to platform_web using (tenant_id = (select setting.tenant())) with check (tenant_id = (select setting.tenant()));
create policy reconcile_read on platform.workspace_entry for select to platform_reconcile using (true);
create policy reconcile_delete on platform.workspace_entry for delete to platform_reconcile using (true);
grant select, insert on platform.workspace_entry to platform_web;
grant update (session_digest, session_until) on platform.workspace_entry to platform_web;
grant select (issued_at), delete on platform.workspace_entry to platform_reconcile;
