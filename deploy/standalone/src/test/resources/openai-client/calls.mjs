// Calls the gateway with the client as its authors publish it. Arguments: address up to /v1, key, chat model, embedding model, a key for one call at a time.
// Prints one line of JSON: by the name of a call, what the client gave or threw.
import OpenAI from 'openai';

const [baseURL, apiKey, chat, embeddings, oneAtATime] = process.argv.slice(2);
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

const weather = { name: 'weather', description: 'Tells the weather.', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };

async function withTool() {
  const messages = [{ role: 'user', content: 'What is the weather in Bern?' }];
  const tools = [{ type: 'function', function: weather }];
  const first = (await client.chat.completions.create({ ...ask(''), max_tokens: 200, messages, tools, tool_choice: 'required' })).choices[0];
  const [use] = first.message.tool_calls;
  messages.push(first.message, { role: 'tool', tool_call_id: use.id, content: 'Sun and 24 degrees' });
  const second = (await client.chat.completions.create({ ...ask(''), max_tokens: 200, messages })).choices[0];
  return { finish: first.finish_reason, name: use.function.name, input: JSON.parse(use.function.arguments), answer: second.message.content };
}

async function structured() {
  const schema = { type: 'object', properties: { depth: { type: 'integer' } }, required: ['depth'], additionalProperties: false };
  const answer = await client.chat.completions.create({
    ...ask('How deep is it?'), max_tokens: 200, response_format: { type: 'json_schema', json_schema: { name: 'depth', schema, strict: true } } });
  return JSON.parse(answer.choices[0].message.content);
}

const asChat = (usage) => ({ prompt_tokens: usage.input_tokens, completion_tokens: usage.output_tokens });

async function response() {
  const { data, request_id } = await client.responses.create({ model: chat, instructions: 'Be brief.', input: 'What is a penstock?', max_output_tokens: 24 }).withResponse();
  return { call: request_id, id: data.id, text: data.output_text, status: data.status, usage: asChat(data.usage) };
}

async function responseStreamed() {
  const stream = client.responses.stream({ model: chat, input: 'What is a turbine?', max_output_tokens: 24 });
  let text = '';
  stream.on('response.output_text.delta', (event) => (text += event.delta));
  const last = await stream.finalResponse();
  return { call: last.id.replace('resp_', ''), text, whole: last.output_text, usage: asChat(last.usage) };
}

async function responseWithTool() {
  const input = [{ role: 'user', content: 'What is the weather in Bern?' }];
  const first = await client.responses.create({ model: chat, input, tools: [{ type: 'function', ...weather }], tool_choice: 'required', max_output_tokens: 200 });
  const use = first.output.find((item) => item.type === 'function_call');
  input.push(...first.output, { type: 'function_call_output', call_id: use.call_id, output: 'Sun and 24 degrees' });
  const second = await client.responses.create({ model: chat, input, max_output_tokens: 200 });
  return { name: use.name, input: JSON.parse(use.arguments), answer: second.output_text };
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

// The first call holds the key's only place until the second has been told to wait; the client then comes again by itself, when it was told to.
async function toldToWait() {
  const controller = new AbortController();
  const seen = { statuses: [], waits: [], pauses: [] };
  let told = 0;
  const counting = async (url, init) => {
    if (told) seen.pauses.push(performance.now() - told);
    const answer = await fetch(url, init);
    seen.statuses.push(answer.status);
    told = 0;
    if (answer.status === 429) {
      seen.waits.push(Number(answer.headers.get('retry-after-ms')));
      controller.abort();
      told = performance.now();
    }
    return answer;
  };
  const one = new OpenAI({ baseURL, apiKey: oneAtATime, maxRetries: 10, fetch: counting });
  await one.chat.completions.create({ ...ask('Tell me everything about water.'), max_tokens: 4000, ignore_eos: true, stream: true }, { signal: controller.signal });
  const answer = await one.chat.completions.create(ask('And now?'));
  return { ...seen, text: answer.choices[0].message.content };
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
  withTool: await withTool(),
  structured: await structured(),
  response: await response(),
  responseStreamed: await responseStreamed(),
  responseWithTool: await responseWithTool(),
  keptResponse: await refused(() => client.responses.create({ model: chat, input: '?', previous_response_id: 'resp_1' })),
  embedded: await embedded(),
  aborted: await aborted(),
  toldToWait: await toldToWait(),
  unknownModel: await refused(() => client.chat.completions.create({ ...ask('?'), model: 'no-such-model' })),
  unknownKey: await refused(() => new OpenAI({ baseURL, apiKey: 'psk_unknown', maxRetries: 0 }).models.list()),
  badNumber: await refused(() => client.chat.completions.create({ ...ask('?'), max_tokens: 0 })),
}));
