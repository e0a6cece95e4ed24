// Calls a model outside of the house with OpenAI's client as its authors publish it. Arguments: address up to /v1, key, model.
// Prints one line of JSON: by the name of a call, what the client gave or threw.
import OpenAI from 'openai';

const [baseURL, apiKey, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = (content) => ({ model, max_tokens: 24, messages: [{ role: 'user', content }] });
const weather = { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
const tools = [{ type: 'function', function: weather }];

async function plain() {
  const { data, request_id } = await client.chat.completions.create(ask('What is a penstock?')).withResponse();
  return { call: request_id, text: data.choices[0].message.content, input: data.usage.prompt_tokens, output: data.usage.completion_tokens };
}

async function streamed() {
  const { data, request_id } = await client.chat.completions
    .create({ ...ask('What is a turbine?'), stream: true, stream_options: { include_usage: true } }).withResponse();
  let text = '';
  let usage = null;
  for await (const chunk of data) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  return { call: request_id, text, input: usage.prompt_tokens, output: usage.completion_tokens };
}

async function withTool() {
  const messages = [{ role: 'user', content: 'What is the weather in Bern?' }];
  const stream = client.chat.completions.stream({ ...ask(''), max_tokens: 200, messages, tools, tool_choice: 'required' });
  const { message } = (await stream.finalChatCompletion()).choices[0];
  const [use] = message.tool_calls;
  messages.push(message, { role: 'tool', tool_call_id: use.id, content: 'Sun and 24 degrees' });
  const second = await client.chat.completions.create({ ...ask(''), max_tokens: 200, messages, tools });
  return { name: use.function.name, input: JSON.parse(use.function.arguments), answer: second.choices[0].message.content };
}

async function response() {
  const stream = client.responses.stream({ model, input: 'What is a turbine?', max_output_tokens: 24 });
  const last = await stream.finalResponse();
  return { call: last.id.replace('resp_', ''), text: last.output_text, input: last.usage.input_tokens, output: last.usage.output_tokens };
}

async function structured() {
  try {
    await client.chat.completions.create({ ...ask('How deep is it?'), response_format: { type: 'json_object' } });
    return { thrown: null };
  } catch (error) {
    return { thrown: error.constructor.name, param: error.param };
  }
}

console.log(JSON.stringify({ plain: await plain(), streamed: await streamed(), withTool: await withTool(), response: await response(), structured: await structured() }));
