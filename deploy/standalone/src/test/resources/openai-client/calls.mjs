// Calls the gateway with the client as its authors publish it. Arguments: address up to /v1, key, chat model, embedding model.
// Prints one line of JSON: by the name of a call, what the client gave or threw.
import OpenAI from 'openai';

const [baseURL, apiKey, chat, embeddings] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = (content) => ({ model: chat, max_tokens: 24, messages: [{ role: 'user', content }] });

async function plain() {
  const { data, request_id } = await client.chat.completions.create(ask('What is a penstock?')).withResponse();
  return { call: request_id, text: data.choices[0].message.content, finish: data.choices[0].finish_reason, usage: data.usage };
}

async function streamed(further) {
  const { data, request_id } = await client.chat.completions.create({ ...ask('What is a turbine?'), stream: true, ...further }).withResponse();
  const seen = { call: request_id, text: '', withUsage: 0, withoutChoices: 0, usage: null };
  for await (const chunk of data) {
    seen.text += chunk.choices[0]?.delta?.content ?? '';
    if (chunk.choices.length === 0) seen.withoutChoices++;
    if (chunk.usage) {
      seen.withUsage++;
      seen.usage = chunk.usage;
    }
  }
  return seen;
}

async function embedded() {
  const { data, request_id } = await client.embeddings.create({ model: embeddings, input: ['one', 'two'] }).withResponse();
  return { call: request_id, vectors: data.data.length, dimensions: data.data[0].embedding.length, number: typeof data.data[0].embedding[0], usage: data.usage };
}

async function aborted() {
  const controller = new AbortController();
  const { data, request_id } = await client.chat.completions
    .create({ ...ask('Tell me everything about water.'), max_tokens: 400, ignore_eos: true, stream: true }, { signal: controller.signal })
    .withResponse();
  let chunks = 0;
  for await (const chunk of data) {
    if (chunk.choices[0]?.delta?.content && ++chunks === 3) controller.abort();
  }
  return { call: request_id, chunks };
}

async function refused(call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    return { thrown: error.constructor.name, status: error.status, code: error.code, type: error.type, param: error.param, message: error.message };
  }
}

const models = [];
for await (const model of client.models.list()) models.push(model.id);

console.log(JSON.stringify({
  models,
  model: (await client.models.retrieve(chat)).id,
  plain: await plain(),
  streamed: await streamed({}),
  streamedWithUsage: await streamed({ stream_options: { include_usage: true } }),
  embedded: await embedded(),
  aborted: await aborted(),
  unknownModel: await refused(() => client.chat.completions.create({ ...ask('?'), model: 'no-such-model' })),
  unknownKey: await refused(() => new OpenAI({ baseURL, apiKey: 'psk_unknown', maxRetries: 0 }).models.list()),
  badNumber: await refused(() => client.chat.completions.create({ ...ask('?'), max_tokens: 0 })),
}));
