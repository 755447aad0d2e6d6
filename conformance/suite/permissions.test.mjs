import fs from 'node:fs';
import { assert, callTool, conforms, deferred, say, sdk, textOf, z } from '../lib/harness.mjs';

const touch = { command: 'touch made.txt' };
const allow = async (_, input) => ({ behavior: 'allow', updatedInput: input });

conforms('canUseTool is asked and its consent runs the tool', async (w) => {
  const asked = [];
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { canUseTool: async (name, input, options) => { asked.push({ name, input, options }); return { behavior: 'allow', updatedInput: input }; } });
  assert.equal(asked.length, 1);
  assert.equal(asked[0].name, 'Bash');
  assert.deepEqual(asked[0].input, touch);
  assert.ok(asked[0].options.signal instanceof AbortSignal);
  assert.match(asked[0].options.toolUseID, /^toolu_/);
  assert.ok(w.exists('made.txt'));
  assert.deepEqual(frames.result.permission_denials, []);
});

conforms('canUseTool may consent without naming the input', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { canUseTool: async () => ({ behavior: 'allow' }) });
  assert.ok(w.exists('made.txt'));
});

conforms('canUseTool denies with a message that the model gets as it is', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('understood'));
  const frames = await w.run('go', { canUseTool: async () => ({ behavior: 'deny', message: 'Not on my ship.' }) });
  assert.ok(!w.exists('made.txt'));
  const { block } = frames.toolResults[0];
  assert.equal(block.is_error, true);
  assert.equal(textOf([block]), 'Not on my ship.');
  assert.deepEqual(frames.result.permission_denials.map((d) => [d.tool_name, d.tool_use_id, d.tool_input]), [['Bash', block.tool_use_id, touch]]);
  assert.equal(frames.result.result, 'understood');
});

conforms('canUseTool may change the input', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { canUseTool: async () => ({ behavior: 'allow', updatedInput: { command: 'touch other.txt' } }) });
  assert.ok(w.exists('other.txt'));
  assert.ok(!w.exists('made.txt'));
});

conforms('canUseTool may deny and interrupt the turn', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('never'));
  const { frames } = await w.fails('go', { canUseTool: async () => ({ behavior: 'deny', message: 'Stop.', interrupt: true }) });
  assert.equal(frames.result.subtype, 'error_during_execution');
  assert.equal((await w.api.requests()).length, 1);
});

conforms('a failure in canUseTool denies the call', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { canUseTool: async () => { throw new Error('overboard'); } });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.match(textOf([frames.toolResults[0].block]), /overboard/);
  assert.ok(!w.exists('made.txt'));
});

conforms('a command that only reads is not asked about', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Bash', { command: 'echo hello | wc -c' }), say('done'));
  await w.run('go', { canUseTool: async (n, i) => { asked++; return { behavior: 'allow', updatedInput: i }; } });
  assert.equal(asked, 0);
});

conforms('the suggestions name rules and modes that would save the question', async (w) => {
  const seen = [];
  await w.api.reply(callTool('Write', { file_path: w.path('a.txt'), content: 'x' }), say('done'));
  await w.run('go', { canUseTool: async (n, i, { suggestions }) => { seen.push(...suggestions); return { behavior: 'allow', updatedInput: i }; } });
  assert.ok(seen.some((s) => s.type === 'setMode' && s.mode === 'acceptEdits' && s.destination === 'session'), JSON.stringify(seen));
});

conforms('the suggestion for a command is a rule for it', async (w) => {
  const seen = [];
  await w.api.reply(callTool('Bash', { command: 'make sail' }), say('done'));
  await w.run('go', { canUseTool: async (n, i, { suggestions }) => { seen.push(...(suggestions ?? [])); return { behavior: 'deny', message: 'no' }; } });
  const rule = seen.find((s) => s.type === 'addRules');
  assert.equal(rule.behavior, 'allow');
  assert.equal(rule.rules[0].toolName, 'Bash');
  assert.match(rule.rules[0].ruleContent, /^make/);
});

conforms('a rule that comes with the consent saves the next question', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Bash', { command: 'touch a' }), callTool('Bash', { command: 'touch b' }), say('done'));
  await w.run('go', {
    canUseTool: async (n, input) => {
      asked++;
      return { behavior: 'allow', updatedInput: input, updatedPermissions: [{ type: 'addRules', rules: [{ toolName: 'Bash', ruleContent: 'touch:*' }], behavior: 'allow', destination: 'session' }] };
    },
  });
  assert.equal(asked, 1);
  assert.ok(w.exists('a') && w.exists('b'));
});

conforms('a mode that comes with the consent holds for the session', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Write', { file_path: w.path('a'), content: '1' }), callTool('Write', { file_path: w.path('b'), content: '2' }), say('done'));
  await w.run('go', { canUseTool: async (n, input) => { asked++; return { behavior: 'allow', updatedInput: input, updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }] }; } });
  assert.equal(asked, 1);
  assert.ok(w.exists('b'));
});

conforms('a rule for the local settings is written to their file', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('done'));
  await w.run('go', {
    settingSources: ['local'],
    canUseTool: async (n, input) => ({ behavior: 'allow', updatedInput: input, updatedPermissions: [{ type: 'addRules', rules: [{ toolName: 'Bash', ruleContent: 'touch:*' }], behavior: 'allow', destination: 'localSettings' }] }),
  });
  const settings = JSON.parse(w.read('.claude/settings.local.json'));
  assert.ok(settings.permissions.allow.some((r) => r.startsWith('Bash(touch')), JSON.stringify(settings));
});

conforms('an allowed tool is not asked about', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { allowedTools: ['Bash(touch:*)'], canUseTool: async (n, i) => { asked++; return { behavior: 'allow', updatedInput: i }; } });
  assert.equal(asked, 0);
  assert.ok(w.exists('made.txt'));
});

conforms('a rule that forbids wins over one that allows', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { allowedTools: ['Bash'], disallowedTools: ['Bash(touch:*)'] });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.ok(!w.exists('made.txt'));
  assert.equal(frames.result.permission_denials.length, 1);
});

conforms('without anybody to ask a call is denied and reported', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go');
  const denied = frames.only('system', 'permission_denied');
  assert.equal(denied.tool_name, 'Bash');
  assert.equal(denied.tool_use_id, frames.toolResults[0].block.tool_use_id);
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.equal(frames.result.permission_denials.length, 1);
  assert.equal(frames.result.subtype, 'success');
});

conforms('mode bypassPermissions asks nobody', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true, canUseTool: async (n, i) => { asked++; return { behavior: 'allow', updatedInput: i }; } });
  assert.equal(frames.init.permissionMode, 'bypassPermissions');
  assert.equal(asked, 0);
  assert.ok(w.exists('made.txt'));
});

conforms('mode acceptEdits writes files without asking and asks for other commands', async (w) => {
  const asked = [];
  await w.api.reply(callTool('Write', { file_path: w.path('a.txt'), content: 'x' }), callTool('Bash', touch), callTool('Bash', { command: 'make sail' }), say('done'));
  await w.run('go', { permissionMode: 'acceptEdits', canUseTool: async (n, i) => { asked.push(i.command ?? n); return { behavior: 'deny', message: 'no' }; } });
  assert.deepEqual(asked, ['make sail']);
  assert.ok(w.exists('a.txt') && w.exists('made.txt'));
});

conforms('mode plan does not write', async (w) => {
  const asked = [];
  await w.api.reply(callTool('Write', { file_path: w.path('a.txt'), content: 'x' }), say('done'));
  const frames = await w.run('go', { permissionMode: 'plan', canUseTool: async (n) => { asked.push(n); return { behavior: 'deny', message: 'no' }; } });
  assert.equal(frames.init.permissionMode, 'plan');
  assert.ok(!w.exists('a.txt'));
  assert.equal(frames.toolResults[0].block.is_error, true);
});

conforms('mode dontAsk denies what it would ask about', async (w) => {
  let asked = 0;
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { permissionMode: 'dontAsk', canUseTool: async (n, i) => { asked++; return { behavior: 'allow', updatedInput: i }; } });
  assert.equal(asked, 0);
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.equal(frames.result.permission_denials.length, 1);
});

conforms('a question to the user goes through canUseTool and its answers come back', async (w) => {
  const questions = [{ question: 'Which knot?', header: 'Knot', multiSelect: false, options: [{ label: 'Bowline', description: 'a loop' }, { label: 'Hitch', description: 'a turn' }] }];
  await w.api.reply(callTool('AskUserQuestion', { questions }), say('done'));
  const frames = await w.run('go', { canUseTool: async (name, input) => ({ behavior: 'allow', updatedInput: { ...input, answers: { 'Which knot?': 'Bowline' } } }) });
  assert.match(textOf([frames.toolResults[0].block]), /Bowline/);
  assert.deepEqual(frames.toolResults[0].value.answers, { 'Which knot?': 'Bowline' });
});

conforms('two calls of one answer may be asked about', async (w) => {
  const asked = [];
  await w.api.reply(callTool(['Bash', { command: 'touch a' }], ['Bash', { command: 'touch b' }]), say('done'));
  await w.run('go', { canUseTool: async (n, input) => { asked.push(input.command); return { behavior: 'allow', updatedInput: input }; } });
  assert.deepEqual(asked.sort(), ['touch a', 'touch b']);
  assert.ok(w.exists('a') && w.exists('b'));
});

conforms('the call is shown to the host before it is asked about', async (w) => {
  const order = [];
  const seen = deferred();
  await w.api.reply(callTool('Bash', touch), say('done'));
  const s = w.live({ canUseTool: async (n, input) => { order.push('asked'); await seen.promise; return { behavior: 'allow', updatedInput: input }; } });
  s.send('go');
  await s.until((m) => m.type === 'assistant' && m.message.content[0].type === 'tool_use');
  order.push('shown');
  seen.resolve();
  await s.result();
  assert.deepEqual([...order].sort(), ['asked', 'shown']);
});

conforms('a slow consent holds only its own call', async (w) => {
  const gate = deferred();
  await w.api.reply(callTool('Bash', touch), say('done'));
  const s = w.live({ canUseTool: async (n, input) => { await gate.promise; return { behavior: 'allow', updatedInput: input }; } });
  s.send('go');
  await s.until((m) => m.type === 'assistant');
  assert.ok((await s.query.supportedModels()).length > 0);
  gate.resolve();
  await s.result();
  assert.ok(w.exists('made.txt'));
});

conforms('reading outside the working folder is asked about', async (w) => {
  const asked = [];
  const file = `${w.root}/outside.txt`;
  fs.writeFileSync(file, 'x');
  await w.api.reply(callTool('Read', { file_path: file }), say('done'));
  await w.run('go', { canUseTool: async (n, input, options) => { asked.push(options); return allow(n, input); } });
  assert.equal(asked.length, 1);
  assert.ok(asked[0].suggestions.length > 0);
});

/** A server of the host's whose tool decides about calls. */
const judge = (asked, decide) => ({
  gate: sdk.createSdkMcpServer({
    name: 'gate',
    version: '1.0.0',
    tools: [sdk.tool('ask', 'Decides', { tool_name: z.string(), input: z.any(), tool_use_id: z.string().optional() }, async (question) => {
      asked.push(question);
      return { content: [{ type: 'text', text: JSON.stringify(decide(question)) }] };
    })],
  }),
});

conforms('a tool of the host answers permission questions when one is named', async (w) => {
  const asked = [];
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { mcpServers: judge(asked, ({ input }) => ({ behavior: 'allow', updatedInput: input })), permissionPromptToolName: 'mcp__gate__ask' });
  assert.equal(asked.length, 1);
  assert.equal(asked[0].tool_name, 'Bash');
  assert.deepEqual(asked[0].input.command, touch.command);
  assert.equal(frames.result.result, 'done');
  assert.ok(w.exists('made.txt'));
});

conforms('a tool of the host that answers permission questions may deny', async (w) => {
  const asked = [];
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { mcpServers: judge(asked, () => ({ behavior: 'deny', message: 'Not on my watch.' })), permissionPromptToolName: 'mcp__gate__ask' });
  assert.equal(asked.length, 1);
  assert.match(textOf([frames.toolResults[0].block]), /Not on my watch/);
  assert.equal(frames.result.permission_denials.length, 1);
  assert.ok(!w.exists('made.txt'));
});

conforms('a permission tool that nobody offers allows nothing', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  const { frames, error } = await w.fails('go', { permissionPromptToolName: 'mcp__none__ask' });
  assert.ok(error || frames.toolResults[0].block.is_error === true, 'the call was not refused');
  assert.ok(!w.exists('made.txt'));
});
