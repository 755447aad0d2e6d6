import { assert, callTool, conforms, say } from '../lib/harness.mjs';

const partial = { includePartialMessages: true };
const shape = (frames) => frames.filter((m) => m.type === 'stream_event' || m.type === 'assistant').map((m) => (m.type === 'assistant' ? `frame:${m.message.content[0]?.type}` : m.event.type));
const squeezed = (list) => list.filter((x, i) => x !== list[i - 1]);

conforms('partial messages come in the order of the stream', async (w) => {
  await w.api.reply(say('one two three four'));
  const frames = await w.run('hi', partial);
  assert.deepEqual(squeezed(shape(frames)), ['message_start', 'content_block_start', 'content_block_delta', 'frame:text', 'content_block_stop', 'message_delta', 'message_stop']);
});

conforms('the deltas of the text give the text', async (w) => {
  const text = 'The quick brown fox jumps over the lazy dog.';
  await w.api.reply(say(text, { deltas: 9 }));
  const frames = await w.run('hi', partial);
  const deltas = frames.of('stream_event').filter((m) => m.event.type === 'content_block_delta').map((m) => m.event.delta.text);
  assert.equal(deltas.join(''), text);
  assert.ok(deltas.length > 1);
});

conforms('thinking streams with its signature before the text', async (w) => {
  await w.api.reply({ thinking: 'Hm, let me think.', text: 'Done.' });
  const frames = await w.run('hi', partial);
  const deltas = frames.of('stream_event').filter((m) => m.event.type === 'content_block_delta').map((m) => m.event.delta.type);
  assert.deepEqual(squeezed(deltas), ['thinking_delta', 'signature_delta', 'text_delta']);
  assert.deepEqual(frames.of('assistant').map((m) => m.message.content[0].type), ['thinking', 'text']);
  assert.equal(frames.of('assistant')[0].message.content[0].thinking, 'Hm, let me think.');
});

conforms('how much the model has thought is told while it thinks', async (w) => {
  await w.api.reply({ thinking: 'Hm, let me think about this for quite a while.', text: 'Done.' });
  const told = (await w.run('hi')).of('system', 'thinking_tokens');
  assert.ok(told.length > 1);
  let sum = 0;
  for (const m of told) {
    assert.ok(m.estimated_tokens_delta > 0);
    assert.equal(m.estimated_tokens, (sum += m.estimated_tokens_delta));
  }
  assert.ok(sum >= 10 && sum < 30, `${sum} tokens`);
});

conforms('pieces of messages and their blocks name the request', async (w) => {
  await w.api.otherwise(say('Hello.'));
  for (const options of [partial, {}]) assert.match((await w.run('hi', options)).of('assistant')[0].request_id, /^req_/);
});

conforms('the input of a tool call streams as pieces of JSON', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'echo a rather long command line' }), say('done'));
  const frames = await w.run('go', partial);
  const json = frames.of('stream_event').filter((m) => m.event.delta?.type === 'input_json_delta').map((m) => m.event.delta.partial_json).join('');
  assert.deepEqual(JSON.parse(json), { command: 'echo a rather long command line' });
  assert.equal(frames.of('stream_event').filter((m) => m.event.type === 'message_start').length, 2);
});

conforms('the status of a request is told with partial messages', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi', partial);
  assert.equal(frames.of('system', 'status')[0].status, 'requesting');
});

conforms('without the option no partial message comes', async (w) => {
  await w.api.reply(say('ok'));
  assert.equal((await w.run('hi')).of('stream_event').length, 0);
});

conforms('partial events name the answer, its model and why it stopped', async (w) => {
  await w.api.reply(say('ok'));
  const events = (await w.run('hi', partial)).of('stream_event');
  const start = events.find((m) => m.event.type === 'message_start');
  assert.equal(start.parent_tool_use_id, null);
  assert.match(start.event.message.id, /^msg_/);
  assert.ok(start.event.message.usage.input_tokens > 0);
  assert.ok(start.ttft_ms >= 0);
  assert.equal(events.find((m) => m.event.type === 'message_delta').event.delta.stop_reason, 'end_turn');
});

conforms('deltas reach the host while the answer is still being written', async (w) => {
  await w.api.reply(say('slow words in a row', { stall: { after: 4, gate: 'mid' } }));
  const s = w.live(partial);
  s.send('hi');
  await w.api.reached('mid');
  await s.until((m) => m.event?.type === 'content_block_delta');
  await w.api.open('mid');
  assert.equal((await s.result()).result, 'slow words in a row');
});

conforms('a stream that breaks is repeated and leaves one clean answer', async (w) => {
  await w.api.reply(say('broken off here', { cut: { after: 4, how: 'RESET' } }), say('whole'));
  const frames = await w.run('hi', partial);
  assert.equal(frames.result.result, 'whole');
  assert.deepEqual(frames.texts, ['whole']);
});
