// Calls a model outside of the house with Anthropic's client as its authors publish it. Arguments: address, key, model.
// Prints one line of JSON: by the name of a call, what the client gave or threw.
import Anthropic from '@anthropic-ai/sdk';

const [baseURL, apiKey, model] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
const ask = (content) => ({ model, max_tokens: 24, messages: [{ role: 'user', content }] });
const tools = [{ name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } }];

async function plain() {
  const { data, request_id } = await client.messages.create(ask('What is a penstock?')).withResponse();
  return { call: request_id, text: data.content[0].text, input: data.usage.input_tokens, output: data.usage.output_tokens };
}

async function streamed() {
  const stream = client.messages.stream(ask('What is a turbine?'));
  let text = '';
  stream.on('text', (piece) => (text += piece));
  const { usage } = await stream.finalMessage();
  return { call: stream.request_id, text, input: usage.input_tokens, output: usage.output_tokens };
}

async function withTool() {
  const messages = [{ role: 'user', content: 'What is the weather in Bern?' }];
  const first = await client.messages.stream({ ...ask(''), max_tokens: 200, tools, tool_choice: { type: 'any' }, messages }).finalMessage();
  const use = first.content.find((block) => block.type === 'tool_use');
  messages.push({ role: 'assistant', content: first.content });
  messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'Sun and 24 degrees' }] });
  const second = await client.messages.create({ ...ask(''), max_tokens: 200, tools, messages });
  return { name: use.name, input: use.input, answer: second.content[0].text };
}

async function search() {
  try {
    await client.messages.create({ ...ask('What is new?'), tools: [{ type: 'web_search_20250305', name: 'web_search' }] });
    return { thrown: null };
  } catch (error) {
    return { thrown: error.constructor.name, type: error.error?.error?.type };
  }
}

console.log(JSON.stringify({ plain: await plain(), streamed: await streamed(), withTool: await withTool(), search: await search() }));
