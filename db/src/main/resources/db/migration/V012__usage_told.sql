-- Settlement tells open pages that something was booked.
create policy settled on quota.change for insert to quota_settle with check (tenant_id = (select setting.tenant()));
grant insert on quota.change to quota_settle;
