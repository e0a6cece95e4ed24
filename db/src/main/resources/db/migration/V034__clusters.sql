-- Several clusters: a slice is in one of them.

alter table platform.slice add column cluster text;
comment on column platform.slice.cluster is 'Where its part is, or the last that it had. Empty: in the first cluster; null: there, or it never had one.';
