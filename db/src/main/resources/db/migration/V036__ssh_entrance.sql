-- Certificates for SSH are written down beside tickets and sessions, so that who is let in by one is looked at as often. They live longer than a session: what is
-- over goes, not what is old.

grant select (ticket_until, session_until) on platform.workspace_entry to platform_reconcile;
drop index platform.workspace_entry_old;
create index workspace_entry_over on platform.workspace_entry (coalesce(session_until, ticket_until));

comment on column platform.workspace_entry.session_digest is 'Null: the ticket was not used yet. It is used once. That of a certificate is that of its ticket.';
