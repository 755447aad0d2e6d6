import { assert, callTool, conforms, deferred, results, say, sdk, textOf, z } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };
const text = (value) => ({ content: [{ type: 'text', text: value }] });
const server = (name, ...tools) => ({ [name]: sdk.createSdkMcpServer({ name, version: '1.2.3', tools }) });
const add = (calls = []) => sdk.tool('add', 'Adds two numbers', { a: z.number(), b: z.number() }, async (args) => { calls.push(args); return text(String(args.a + args.b)); });

conforms('a tool of the host is called and its result reaches the model', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 2, b: 3 }), say('5'));
  const frames = await w.run('add', { ...free, mcpServers: server('calc', add(calls)) });
  assert.deepEqual(calls, [{ a: 2, b: 3 }]);
  assert.equal(textOf([frames.toolResults[0].block]).trim(), '5');
  assert.deepEqual(frames.toolResults[0].value, [{ type: 'text', text: '5' }]);
  const [, second] = await w.api.requests();
  assert.equal(textOf([results(second)[0]]).trim(), '5');
});

conforms('tools of the host are named in init and their server is connected', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { mcpServers: server('calc', add()) });
  assert.ok(init.tools.includes('mcp__calc__add'));
  assert.deepEqual(init.mcp_servers.map((s) => [s.name, s.status]), [['calc', 'connected']]);
});

conforms('a tool of the host is offered with its schema when it is always loaded', async (w) => {
  const tool = sdk.tool('add', 'Adds two numbers', { a: z.number() }, async () => text('0'), { alwaysLoad: true });
  await w.api.reply(say('ok'));
  await w.run('hi', { mcpServers: server('calc', tool) });
  const offered = (await w.api.requests())[0].tools.find((t) => t.name === 'mcp__calc__add');
  assert.equal(offered.description, 'Adds two numbers');
  assert.equal(offered.input_schema.properties.a.type, 'number');
});

conforms('with a list of tools that lacks the search all tools of the host are offered', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { tools: ['Read'], mcpServers: server('calc', add()) });
  assert.deepEqual((await w.api.requests())[0].tools.map((t) => t.name).sort(), ['Read', 'mcp__calc__add']);
});

conforms('an error result of the host is an error for the model', async (w) => {
  const tool = sdk.tool('fail', 'Fails', {}, async () => ({ content: [{ type: 'text', text: 'The mast is gone.' }], isError: true }));
  await w.api.reply(callTool('mcp__s__fail', {}), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('s', tool) });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.match(textOf([frames.toolResults[0].block]), /The mast is gone\./);
});

conforms('a tool of the host that throws is an error for the model', async (w) => {
  const tool = sdk.tool('fail', 'Fails', {}, async () => { throw new Error('man overboard'); });
  await w.api.reply(callTool('mcp__s__fail', {}), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('s', tool) });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.match(textOf([frames.toolResults[0].block]), /man overboard/);
});

conforms('arguments that do not fit the schema never reach the handler', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 'two' }), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('calc', add(calls)) });
  assert.equal(calls.length, 0);
  assert.equal(frames.toolResults[0].block.is_error, true);
});

conforms('a picture of a tool of the host reaches the model as a picture', async (w) => {
  const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const tool = sdk.tool('look', 'Looks', {}, async () => ({ content: [{ type: 'text', text: 'see' }, { type: 'image', data, mimeType: 'image/png' }] }));
  await w.api.reply(callTool('mcp__s__look', {}), say('done'));
  await w.run('go', { ...free, mcpServers: server('s', tool) });
  const [, second] = await w.api.requests();
  const { content } = results(second)[0];
  assert.deepEqual(content.slice(0, 2).map((b) => b.type), ['text', 'image']);
  assert.equal(content[1].source.media_type, 'image/png');
});

conforms('tools of several servers are told apart', async (w) => {
  const say1 = (value) => sdk.tool('who', 'Who', {}, async () => text(value));
  await w.api.reply(callTool(['mcp__port__who', {}], ['mcp__starboard__who', {}]), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: { ...server('port', say1('left')), ...server('starboard', say1('right')) } });
  assert.deepEqual(frames.toolResults.map((r) => textOf([r.block]).trim()).sort(), ['left', 'right']);
});

conforms('a tool of the host needs permission like any other', async (w) => {
  const calls = [];
  const asked = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1, b: 1 }), say('done'));
  await w.run('go', { mcpServers: server('calc', add(calls)), canUseTool: async (name) => { asked.push(name); return { behavior: 'deny', message: 'no' }; } });
  assert.deepEqual(asked, ['mcp__calc__add']);
  assert.equal(calls.length, 0);
});

conforms('a tool of the host that is allowed by name runs without a question', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1, b: 1 }), say('done'));
  await w.run('go', { mcpServers: server('calc', add(calls)), allowedTools: ['mcp__calc__add'] });
  assert.equal(calls.length, 1);
});

conforms('all tools of a server are allowed by its name', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1, b: 1 }), say('done'));
  await w.run('go', { mcpServers: server('calc', add(calls)), allowedTools: ['mcp__calc'] });
  assert.equal(calls.length, 1);
});

conforms('a server that is forbidden offers nothing', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { mcpServers: server('calc', add()), disallowedTools: ['mcp__calc'] });
  assert.ok(!init.tools.some((t) => t.startsWith('mcp__')));
});

conforms('a hook sees calls of tools of the host', async (w) => {
  const seen = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1, b: 1 }), say('done'));
  await w.run('go', { ...free, mcpServers: server('calc', add()), hooks: { PreToolUse: [{ matcher: 'mcp__calc__.*', hooks: [async (i) => { seen.push(i.tool_name); return {}; }] }] } });
  assert.deepEqual(seen, ['mcp__calc__add']);
});

conforms('a call of some seconds ends well', async (w) => {
  const tool = sdk.tool('slow', 'Slow', {}, async () => { await new Promise((r) => setTimeout(r, 3000)); return text('late'); });
  await w.api.reply(callTool('mcp__s__slow', {}), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('s', tool) });
  assert.equal(textOf([frames.toolResults[0].block]).trim(), 'late');
});

conforms('two calls of tools that only read run at the same time', async (w) => {
  const both = deferred();
  let running = 0;
  const tool = sdk.tool('wait', 'Waits', { n: z.number() }, async () => { if (++running === 2) both.resolve(); await both.promise; return text('met'); }, { annotations: { readOnlyHint: true } });
  await w.api.reply(callTool(['mcp__s__wait', { n: 1 }], ['mcp__s__wait', { n: 2 }]), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('s', tool) });
  assert.equal(frames.toolResults.length, 2);
});

conforms('the status of servers names their tools and what they promise', async (w) => {
  const tool = sdk.tool('look', 'Looks', {}, async () => text(''), { annotations: { readOnlyHint: true } });
  await w.api.reply(say('ok'));
  const s = w.live({ mcpServers: server('calc', tool) });
  await s.turn('hi');
  const [status] = await s.query.mcpServerStatus();
  assert.deepEqual([status.name, status.status], ['calc', 'connected']);
  assert.equal(status.serverInfo.version, '1.2.3');
  assert.equal(status.tools[0].name, 'look');
  assert.equal(status.tools[0].annotations.readOnly, true);
});

conforms('a result of the host of some megabytes ends well', async (w) => {
  const tool = sdk.tool('big', 'Big', {}, async () => text('sail '.repeat(600_000)));
  await w.api.reply(callTool('mcp__s__big', {}), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('s', tool) });
  assert.equal(frames.result.result, 'done');
  assert.ok(textOf([results((await w.api.requests())[1])[0]]).length < 400_000);
});

conforms('servers may be added and taken away in a live session', async (w) => {
  const calls = [];
  await w.api.reply(say('one'), callTool('mcp__calc__add', { a: 4, b: 4 }), say('two'), say('three'));
  const s = w.live(free);
  await s.turn('hi');
  const added = await s.query.setMcpServers(server('calc', add(calls)));
  assert.deepEqual(added.added, ['calc']);
  await s.turn('add');
  assert.equal(calls.length, 1);
  const removed = await s.query.setMcpServers({});
  assert.deepEqual(removed.removed, ['calc']);
  await s.turn('bye');
  assert.ok(!s.of('system', 'init').at(-1).tools.some((t) => t.startsWith('mcp__calc')));
});

conforms('a server may be switched off and on', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live({ mcpServers: server('calc', add()) });
  await s.turn('one');
  await s.query.toggleMcpServer('calc', false);
  await s.turn('two');
  assert.ok(!s.of('system', 'init').at(-1).tools.includes('mcp__calc__add'));
  await s.query.toggleMcpServer('calc', true);
  await s.turn('three');
  assert.ok(s.of('system', 'init').at(-1).tools.includes('mcp__calc__add'));
});

conforms('a server that cannot be started is shown as failed and the turn goes on', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live({ mcpServers: { broken: { command: '/nonexistent/server' } } });
  await s.turn('hi');
  const status = await w.eventually('the failed status', async () => (await s.query.mcpServerStatus()).find((x) => x.status === 'failed'));
  assert.equal(status.name, 'broken');
});

conforms('a prompt with tools of the host may be a plain string', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1, b: 2 }), callTool('mcp__calc__add', { a: 3, b: 4 }), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: server('calc', add(calls)) });
  assert.equal(calls.length, 2);
  assert.equal(frames.result.result, 'done');
});
