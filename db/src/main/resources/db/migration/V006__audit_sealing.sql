-- What the sealer needs of an entry: to find the new ones without reading the whole trail, and that each can be sealed.

alter table audit.entry add column xid xid8 not null default pg_current_xact_id();
create index entry_xid on audit.entry (xid);
comment on column audit.entry.xid is 'Its transaction. Once all below some id are decided and sealed, the sealer looks only at or above it: an entry that commits late is never skipped. Not sealed itself.';

-- A line is at most 1 MiB and 64 levels deep for every verifier. A character may take six bytes in it, so the fields are held far below;
-- a change whose entry is larger does not happen.
alter table audit.entry add constraint entry_can_be_sealed check (
    coalesce(octet_length(before::text), 0) + coalesce(octet_length(after::text), 0) <= 262144
    and octet_length(actor) + octet_length(action) + octet_length(subject_kind) + octet_length(subject_id)
        + coalesce(octet_length(subject_name), 0) + coalesce(octet_length(reason), 0) + coalesce(octet_length(reference), 0) <= 65536
    and not coalesce(jsonb_path_exists(before, '$.**{32}'), false)
    and not coalesce(jsonb_path_exists(after, '$.**{32}'), false));
