-- What clients are told of models, and when the gateway has to learn a model's name anew.

alter table quota.route add column created_at timestamptz not null default clock_timestamp();
comment on column quota.route.created_at is 'When it was first published; of routes from before this column, when it was added.';

alter table platform.endpoint add column route_project text;
comment on column platform.endpoint.route_project is 'The project''s name as the last route_version has it; another one is to be told. Null: not looked at yet.';
grant update (route_project) on platform.endpoint to platform_reconcile;
