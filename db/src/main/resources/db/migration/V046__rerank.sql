-- Models that put documents into the order in which they answer a question. The way into usage rows is 7.
alter table platform.model drop constraint model_tasks_check;
alter table platform.model add constraint model_tasks_check check (cardinality(tasks) > 0 and tasks <@ array['CHAT', 'EMBEDDINGS', 'RERANK']);

-- Facts as stated by the model card and configuration, November 2026. Its tokenizer is BGE-M3's: at most six tokens a byte. It keeps nothing per token of context.
insert into platform.model
    (id, name, publisher, summary, tasks, parameters, active_parameters, centibits, precision_name, layers, kv_heads, head_dim, kv_bytes_per_value,
     context_tokens, max_output_tokens, max_tokens_per_byte, engine, engine_args, weights, licence, commercial_use, source)
values
    ('bge-reranker-v2-m3', 'BGE Reranker v2 M3', 'BAAI', 'Says how well each of some documents answers a question, in more than a hundred languages; a question and a document together have up to 8,192 tokens.',
     array['RERANK'], 570000000, 570000000, 1600, 'FP16', 24, null, null, null, 8192, 1, 6, 'vllm', array['--runner=pooling'],
     'BAAI/bge-reranker-v2-m3', 'Apache-2.0', true, 'The publisher''s model card and config.json, read in November 2026.');
