-- A model that answered for another one is a word of its own. See docs/decisions/046.

alter table quota.usage_model
    add column asked text,
    add column why   text,
    add constraint usage_model_steered check ((asked is null) = (why is null)),
    drop constraint usage_model_tenant_id_endpoint_id_model_sku_key,
    add constraint usage_model_once unique nulls not distinct (tenant_id, endpoint_id, model, sku, asked, why);
comment on column quota.usage_model.asked is 'What the caller asked for, where the project wanted another model or a shorter answer. Null: this.';
comment on column quota.usage_model.why is 'Which rule said so.';
