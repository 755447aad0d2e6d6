import { assert, callTool, conforms, say, told } from '../lib/harness.mjs';

const replies = (n) => Array.from({ length: n }, (_, i) => say(`answer ${i + 1}`));

conforms('several turns of one session keep its id and its memory', async (w) => {
  await w.api.reply(...replies(3));
  const s = w.live();
  for (let i = 1; i <= 3; i++) {
    const result = await s.turn(`question ${i}`);
    assert.equal(result.result, `answer ${i}`);
  }
  assert.equal(new Set(s.of('result').map((m) => m.session_id)).size, 1);
  const last = (await w.api.requests()).at(-1);
  assert.match(told(last), /question 1[\s\S]*answer 1[\s\S]*question 2[\s\S]*answer 2[\s\S]*question 3/);
});

conforms('each turn starts with init and ends with exactly one result', async (w) => {
  await w.api.reply(...replies(2));
  const s = w.live();
  await s.turn('one');
  await s.turn('two');
  s.end();
  await s.done;
  assert.equal(s.of('system', 'init').length, 2);
  assert.equal(s.of('result').length, 2);
  assert.deepEqual(s.of('result').map((m) => m.result_index), [0, 1]);
});

conforms('the end of input after the prompt lets the turn finish', async (w) => {
  await w.api.reply(say('all of it', { delay: 500 }));
  const s = w.live();
  s.send('hi').end();
  const result = await s.result();
  assert.equal(result.result, 'all of it');
  await s.done;
  assert.equal(s.error, null);
});

conforms('the end of input in the middle of a tool call lets the turn finish', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'sleep 1; echo slept' }), say('done'));
  const s = w.live({ permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true });
  s.send('hi');
  await s.until((m) => m.type === 'assistant');
  s.end();
  assert.equal((await s.result()).result, 'done');
  await s.done;
});

conforms('a message sent while an answer streams gets a turn of its own', async (w) => {
  await w.api.reply(say('first answer', { stall: { after: 4, gate: 'mid' } }), say('second answer'));
  const s = w.live({ includePartialMessages: true });
  s.send('first');
  await w.api.reached('mid');
  await s.until((m) => m.type === 'stream_event' && m.event.type === 'content_block_delta');
  s.send('second');
  await new Promise((r) => setTimeout(r, 200));
  await w.api.open('mid');
  assert.equal((await s.result()).result, 'first answer');
  assert.equal((await s.result()).result, 'second answer');
});

conforms('a message sent while a tool runs is told to the model in that turn', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'until [ -e go ]; do sleep 0.05; done; echo went' }), say('both seen'));
  const s = w.live({ permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true });
  s.send('first');
  await s.until((m) => m.type === 'assistant');
  s.send('and also: mainsail');
  await new Promise((r) => setTimeout(r, 300));
  w.write('go', '');
  const result = await s.result();
  assert.equal(result.result, 'both seen');
  const requests = await w.api.requests(2);
  assert.equal(requests.length, 2);
  assert.match(told(requests[1]), /mainsail/);
});

conforms('two messages sent at once are both answered', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  s.send('alpha word').send('beta word');
  await s.result();
  await w.eventually('both messages at the model', async () => /alpha word[\s\S]*beta word/.test(told((await w.api.requests()).at(-1))));
  s.end();
  await s.done;
  assert.equal(s.error, null);
});

conforms('a thousand queued messages all reach the model in order', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  for (let i = 0; i < 1000; i++) s.send(`message-${i}.`);
  s.end();
  await s.done;
  assert.equal(s.error, null);
  const text = told((await w.api.requests()).at(-1), 'user') + told((await w.api.requests()).at(-1), 'system');
  let at = -1;
  for (let i = 0; i < 1000; i++) {
    const next = text.indexOf(`message-${i}.`, at + 1);
    assert.ok(next > at, `message ${i} is missing or out of order`);
    at = next;
  }
});

conforms('content blocks of a message are passed on, pictures too', async (w) => {
  const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await w.api.reply(say('a dot'));
  const s = w.live();
  await s.turn([{ type: 'text', text: 'what is this' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data } }]);
  const [request] = await w.api.requests();
  const image = request.messages.flatMap((m) => (Array.isArray(m.content) ? m.content : [])).find((b) => b.type === 'image');
  assert.equal(image.source.type, 'base64');
  assert.ok(image.source.data.length > 20);
});

conforms('a message with an id of its own is stored under that id', async (w) => {
  await w.api.reply(say('ok'));
  const uuid = '11111111-2222-4333-8444-555555555555';
  const s = w.live();
  await s.turn('hello', { uuid });
  s.end();
  await s.done;
  assert.ok(w.lines().some((l) => l.type === 'user' && l.uuid === uuid));
});

conforms('a message that asks for no answer is only remembered', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  const quiet = await s.turn('Remember: capstan.', { shouldQuery: false });
  assert.equal(quiet.num_turns, 0);
  await s.turn('And now?');
  const requests = await w.api.requests();
  assert.equal(requests.length, 1);
  assert.match(told(requests[0]), /capstan[\s\S]*And now\?/);
});

conforms('user messages are echoed with their ids when asked for', async (w) => {
  await w.api.reply(say('ok'));
  const uuid = '11111111-2222-4333-8444-666666666666';
  const s = w.live({ extraArgs: { 'replay-user-messages': null } });
  await s.turn('hello', { uuid });
  const echo = s.of('user').find((m) => m.isReplay);
  assert.equal(echo.uuid, uuid);
  assert.match(JSON.stringify(echo.message.content), /hello/);
});

conforms('no message at all is a clean end', async (w) => {
  const s = w.live();
  s.end();
  await s.done;
  assert.equal(s.of('result').length, 0);
  assert.equal(s.error, null);
});

conforms('odd characters survive the way to the model and back', async (w) => {
  const text = 'Ünïcödé \u{1F6A2} \u2028 "quotes" \\ back\u0000slash';
  await w.api.reply(say(text));
  const s = w.live();
  const result = await s.turn(`say ${text}`);
  assert.equal(result.result, text);
  assert.match(told((await w.api.requests())[0]), /\u{1F6A2} \u2028 "quotes"/u);
});

conforms('a long prompt of a megabyte passes', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  const result = await s.turn('rope '.repeat(220_000));
  assert.equal(result.result, 'ok');
});
