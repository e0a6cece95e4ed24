// Calls the gateway with the client as its authors publish it. Arguments: address, key, chat model.
// Prints one line of JSON: by the name of a call, what the client gave or threw.
import Anthropic from '@anthropic-ai/sdk';

const [baseURL, apiKey, chat] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
const ask = (content) => ({ model: chat, max_tokens: 24, messages: [{ role: 'user', content }] });
const weather = { name: 'weather', description: 'Tells the weather.', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };

async function plain() {
  const { data, request_id } = await client.messages.create({ ...ask('What is a penstock?'), system: 'Be brief.' }).withResponse();
  return { call: request_id, text: data.content[0].text, stop: data.stop_reason, usage: data.usage };
}

async function counted() {
  const { data, response } = await client.messages.countTokens({ model: chat, system: 'Be brief.', messages: ask('What is a penstock?').messages }).withResponse();
  return { call: response.headers.get('request-id'), tokens: data.input_tokens };
}

async function streamed() {
  const stream = client.messages.stream(ask('What is a turbine?'));
  let text = '';
  stream.on('text', (piece) => (text += piece));
  const message = await stream.finalMessage();
  return { call: stream.request_id, text, whole: message.content[0].text, stop: message.stop_reason, usage: message.usage };
}

async function withTool() {
  const messages = [{ role: 'user', content: 'What is the weather in Bern?' }];
  const first = await client.messages.stream({ model: chat, max_tokens: 200, tools: [weather], tool_choice: { type: 'any' }, messages }).finalMessage();
  const use = first.content.find((block) => block.type === 'tool_use');
  messages.push({ role: 'assistant', content: first.content });
  messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'Sun and 24 degrees' }] });
  const second = await client.messages.create({ model: chat, max_tokens: 200, tools: [weather], tool_choice: { type: 'none' }, messages });
  return { stop: first.stop_reason, name: use.name, input: use.input, answer: second.content[0].text };
}

async function aborted() {
  const stream = client.messages.stream({ ...ask('Tell me everything about water.'), max_tokens: 400, ignore_eos: true });
  let chunks = 0;
  try {
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && ++chunks === 3) stream.abort();
    }
  } catch (error) {
    return { call: stream.request_id, chunks, thrown: error.constructor.name };
  }
  return { call: stream.request_id, chunks, thrown: null };
}

async function refused(call) {
  try {
    await call();
    return { thrown: null };
  } catch (error) {
    return { thrown: error.constructor.name, status: error.status, type: error.error?.error?.type, message: error.error?.error?.message, call: error.requestID };
  }
}

const models = [];
for await (const model of client.models.list()) models.push(model.id);

console.log(JSON.stringify({
  models,
  model: (await client.models.retrieve(chat)).id,
  plain: await plain(),
  counted: await counted(),
  streamed: await streamed(),
  withTool: await withTool(),
  aborted: await aborted(),
  unknownModel: await refused(() => client.messages.create({ ...ask('?'), model: 'no-such-model' })),
  unknownKey: await refused(() => new Anthropic({ baseURL, apiKey: 'psk_unknown', maxRetries: 0 }).models.list()),
  badNumber: await refused(() => client.messages.create({ ...ask('?'), max_tokens: 0 })),
}));
