import fs from 'node:fs';
import path from 'node:path';
import { assert, callTool, conforms, MODEL, results, say, systemOf, told } from '../lib/harness.mjs';

conforms('a string prompt gives init, an answer and one result', async (w) => {
  await w.api.reply(say('Hello there.'));
  const frames = await w.run('hi');
  assert.deepEqual(frames.filter((m) => !['session_state_changed', 'status'].includes(m.subtype)).map((m) => m.type), ['system', 'assistant', 'result']);
  assert.equal(frames.result.result, 'Hello there.');
  assert.equal(frames.result.subtype, 'success');
  assert.equal(frames.result.is_error, false);
});

conforms('init tells where, with what and in which mode the engine works', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { tools: ['Read', 'Bash'] });
  assert.equal(init.cwd, w.cwd);
  assert.equal(init.model, MODEL);
  assert.equal(init.permissionMode, 'default');
  assert.deepEqual([...init.tools].sort(), ['Bash', 'Read']);
  assert.equal(init.apiKeySource, 'ANTHROPIC_API_KEY');
  assert.equal(init.output_style, 'default');
  for (const list of ['mcp_servers', 'slash_commands', 'agents', 'skills', 'plugins']) assert.ok(Array.isArray(init[list]), list);
  assert.match(init.claude_code_version, /^\d+\.\d+\.\d+/);
  assert.match(init.session_id, /^[0-9a-f-]{36}$/);
  assert.match(init.uuid, /^[0-9a-f-]{36}$/);
});

conforms('every message carries the session id and a uuid of its own', async (w) => {
  w.write('a.txt', 'one\n');
  await w.api.reply(callTool('Read', { file_path: w.path('a.txt') }), say('done'));
  const frames = await w.run('read');
  const session = frames.init.session_id;
  for (const m of frames) assert.equal(m.session_id, session, m.type);
  assert.equal(new Set(frames.map((m) => m.uuid)).size, frames.length);
});

conforms('the result counts turns, time, tokens and money', async (w) => {
  await w.api.reply(say('ok', { usage: { input: 1000, output: 50, cacheRead: 200, cacheWrite: 100 } }));
  const { result } = await w.run('hi');
  assert.equal(result.num_turns, 1);
  assert.equal(result.stop_reason, 'end_turn');
  assert.equal(result.terminal_reason, 'completed');
  assert.equal(result.usage.input_tokens, 1000);
  assert.equal(result.usage.output_tokens, 50);
  assert.equal(result.usage.cache_read_input_tokens, 200);
  assert.equal(result.usage.cache_creation_input_tokens, 100);
  const use = result.modelUsage[MODEL];
  assert.equal(use.inputTokens, 1000);
  assert.equal(use.outputTokens, 50);
  assert.equal(use.costUSD, result.total_cost_usd);
  assert.ok(result.total_cost_usd > 0);
  assert.ok(result.duration_ms >= 0 && result.duration_api_ms >= 0);
  assert.deepEqual(result.permission_denials, []);
});

conforms('usage of several answers adds up in the result', async (w) => {
  const usage = { input: 100, output: 10 };
  await w.api.reply(callTool('Bash', { command: 'echo a' }, { usage }), callTool('Bash', { command: 'echo b' }, { usage }), say('done', { usage }));
  const { result } = await w.run('go');
  assert.equal(result.num_turns, 3);
  assert.equal(result.usage.input_tokens, 300);
  assert.equal(result.usage.output_tokens, 30);
});

conforms('one assistant message comes per content block, with the id of the answer', async (w) => {
  await w.api.reply({ thinking: 'Let me see.', text: 'Now this.', tools: [{ name: 'Bash', input: { command: 'echo a' } }] }, say('done'));
  const frames = await w.run('go');
  const first = frames.of('assistant').slice(0, 3);
  assert.deepEqual(first.map((m) => m.message.content.map((b) => b.type)), [['thinking'], ['text'], ['tool_use']]);
  assert.equal(new Set(first.map((m) => m.message.id)).size, 1);
  assert.ok(first[0].message.content[0].signature);
  for (const m of first) {
    assert.equal(m.message.role, 'assistant');
    assert.equal(m.message.type, 'message');
    assert.equal(m.parent_tool_use_id, null);
  }
});

conforms('the working folder of the options is where tools run', async (w) => {
  fs.mkdirSync(w.path('deep/er'), { recursive: true });
  await w.api.reply(callTool('Bash', { command: 'pwd' }), say('done'));
  const frames = await w.run('go', { cwd: w.path('deep/er') });
  assert.equal(frames.init.cwd, w.path('deep/er'));
  assert.equal(frames.toolResults[0].value.stdout.trim(), w.path('deep/er'));
});

conforms('variables of the options reach the commands of tools', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'echo "[$MY_OWN_WORD]"' }), say('done'));
  const frames = await w.run('go', { env: { MY_OWN_WORD: 'rope' }, permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true });
  assert.equal(frames.toolResults[0].value.stdout.trim(), '[rope]');
});

conforms('the model of the options is asked and named', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi', { model: 'claude-haiku-4-5' });
  const [request] = await w.api.requests();
  assert.match(request.model, /^claude-haiku-4-5/);
  assert.match(frames.init.model, /^claude-haiku-4-5/);
});

conforms('a model of the environment is used when the options name none', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { model: undefined, env: { ANTHROPIC_MODEL: 'claude-haiku-4-5' } });
  assert.match((await w.api.requests())[0].model, /^claude-haiku-4-5/);
});

conforms('a system prompt that is a string is sent as it is', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { systemPrompt: 'You tie knots, nothing else.' });
  assert.match(systemOf((await w.api.requests())[0]), /You tie knots, nothing else\./);
});

conforms('without a system prompt no coding prompt is sent', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi');
  assert.ok(systemOf((await w.api.requests())[0]).length < 1500);
});

conforms('the preset with an appended text sends both', async (w) => {
  await w.api.otherwise(say('ok'));
  await w.run('hi');
  await w.run('hi', { systemPrompt: { type: 'preset', preset: 'claude_code', append: 'Also tie knots.' } });
  const [without, system] = (await w.api.requests()).map(systemOf);
  assert.match(system, /Also tie knots\./);
  assert.ok(system.length > without.length + 500, `the preset is missing, only ${system.length} characters`);
});

conforms('an empty list of tools offers none', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { tools: [] });
  assert.deepEqual(init.tools, []);
  assert.equal(((await w.api.requests())[0].tools ?? []).length, 0);
});

conforms('the list of tools is what the model is offered', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { tools: ['Read', 'Glob', 'NoSuchTool'] });
  assert.deepEqual((await w.api.requests())[0].tools.map((t) => t.name).sort(), ['Glob', 'Read']);
});

conforms('a forbidden tool is not offered', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { tools: ['Read', 'Bash', 'Edit'], disallowedTools: ['Bash'] });
  assert.deepEqual([...init.tools].sort(), ['Edit', 'Read']);
});

conforms('the limit of turns ends the run with an error result', async (w) => {
  await w.api.otherwise(callTool('Bash', { command: 'echo again' }));
  const { frames, error } = await w.fails('go', { maxTurns: 2 });
  assert.equal(frames.result.subtype, 'error_max_turns');
  assert.equal(frames.result.is_error, true);
  assert.equal(frames.result.terminal_reason, 'max_turns');
  assert.equal(frames.result.num_turns, 3);
  assert.match(frames.result.errors.join(), /2/);
  assert.equal((await w.api.requests()).length, 2);
  assert.match(error.message, /2/);
});

conforms('the budget ends the run with an error result', async (w) => {
  await w.api.otherwise(callTool('Bash', { command: 'echo again' }, { usage: { input: 400_000, output: 1000 } }));
  const { frames } = await w.fails('go', { maxBudgetUsd: 1.5 });
  assert.equal(frames.result.subtype, 'error_max_budget_usd');
  assert.equal(frames.result.terminal_reason, 'budget_exhausted');
  assert.ok(frames.result.total_cost_usd >= 1.5);
});

conforms('instructions of the project are read only when its settings are', async (w) => {
  w.write('CLAUDE.md', 'The password is halyard.');
  await w.api.reply(say('ok'));
  await w.run('hi', { settingSources: ['project'] });
  await w.api.reply(say('ok'));
  await w.run('hi', { settingSources: [] });
  const [with_, without] = await w.api.requests();
  assert.match(told(with_), /halyard/);
  assert.doesNotMatch(told(without), /halyard/);
}, { later: 'instructions of projects' });

conforms('settings of the project forbid a tool', async (w) => {
  w.write('.claude/settings.json', JSON.stringify({ permissions: { deny: ['Bash'] } }));
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi', { settingSources: ['project'], tools: ['Read', 'Bash'] });
  assert.deepEqual(init.tools, ['Read']);
});

conforms('settings given as an object count without any file', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'echo "[$FROM_SETTINGS]"' }), say('done'));
  const frames = await w.run('go', { settings: { env: { FROM_SETTINGS: 'yes' }, permissions: { allow: ['Bash'] } } });
  assert.equal(frames.toolResults[0].value.stdout.trim(), '[yes]');
});

conforms('settings given as a path count', async (w) => {
  const file = w.write('my-settings.json', JSON.stringify({ permissions: { allow: ['Write'] } }));
  await w.api.reply(callTool('Write', { file_path: w.path('new.txt'), content: 'x' }), say('done'));
  await w.run('go', { settings: file });
  assert.equal(w.read('new.txt'), 'x');
});

conforms('a folder added by the options may be read without asking', async (w) => {
  const other = path.join(w.root, 'other');
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'a.txt'), 'halyard');
  await w.api.reply(callTool('Read', { file_path: path.join(other, 'a.txt') }), say('done'));
  const frames = await w.run('go', { additionalDirectories: [other] });
  assert.match(JSON.stringify(frames.toolResults[0].block.content), /halyard/);
});

conforms('aborting ends the iteration at once and the engine with it', async (w) => {
  await w.api.reply(say('never seen', { gate: 'held' }));
  const abortController = new AbortController();
  const query = w.query('hi', { abortController });
  const seen = (async () => { for await (const _ of query); })();
  await w.api.reached('held');
  abortController.abort();
  await assert.rejects(seen, (e) => e.name === 'AbortError' || /abort/i.test(e.message));
});

conforms('closing the query in the middle ends the iteration', async (w) => {
  await w.api.reply(say('never seen', { gate: 'held' }));
  const query = w.query('hi');
  const seen = (async () => { for await (const _ of query); })().catch((e) => e);
  await w.api.reached('held');
  query.close();
  await seen;
});

conforms('leaving the loop early ends the engine', async (w) => {
  await w.api.reply(say('one'), say('two'));
  for await (const m of w.query('hi')) if (m.type === 'system') break;
});

conforms('the request says who is calling and asks for a stream', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi');
  const [{ headers, body }] = await w.api.calls();
  assert.equal(body.stream, true);
  assert.equal(headers['x-api-key'][0], 'sk-test');
  assert.equal(headers['anthropic-version'][0], '2023-06-01');
  assert.match(JSON.stringify(body.metadata), new RegExp(frames.init.session_id));
});

conforms('headers of the environment are sent', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { env: { ANTHROPIC_CUSTOM_HEADERS: 'x-ship: tender' } });
  assert.equal((await w.api.calls())[0].headers['x-ship'][0], 'tender');
});

conforms('a bearer token of the environment is sent', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { env: { ANTHROPIC_API_KEY: undefined, ANTHROPIC_AUTH_TOKEN: 'tok-1' } });
  assert.equal((await w.api.calls())[0].headers.authorization[0], 'Bearer tok-1');
});

conforms('structured output is checked and handed back as a value', async (w) => {
  const schema = { type: 'object', properties: { knots: { type: 'number' } }, required: ['knots'], additionalProperties: false };
  await w.api.reply(callTool('StructuredOutput', { knots: 'many' }), callTool('StructuredOutput', { knots: 7 }), say('done'));
  const frames = await w.run('count', { outputFormat: { type: 'json_schema', schema } });
  assert.deepEqual(frames.result.structured_output, { knots: 7 });
  assert.ok((await w.api.requests())[0].tools.some((t) => t.name === 'StructuredOutput'));
  assert.equal(frames.toolResults[0].block.is_error, true);
});

conforms('structured output that never fits ends in its own error', async (w) => {
  const schema = { type: 'object', properties: { knots: { type: 'number' } }, required: ['knots'] };
  await w.api.otherwise(callTool('StructuredOutput', { knots: 'many' }));
  const { frames } = await w.fails('count', { outputFormat: { type: 'json_schema', schema } });
  assert.equal(frames.result.subtype, 'error_max_structured_output_retries');
  assert.equal(frames.result.is_error, true);
});

conforms('thinking may be switched off', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { thinking: { type: 'disabled' } });
  const [request] = await w.api.requests();
  assert.ok(!request.thinking || request.thinking.type === 'disabled');
});

conforms('a budget for thinking is passed on to older models', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { model: 'claude-haiku-4-5', maxThinkingTokens: 2048 });
  const [request] = await w.api.requests();
  assert.deepEqual([request.thinking.type, request.thinking.budget_tokens], ['enabled', 2048]);
});

conforms('an effort is passed on', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi', { effort: 'low' });
  assert.equal((await w.api.requests())[0].output_config.effort, 'low');
});

conforms('the tool results go back to the model with the ids of the calls', async (w) => {
  await w.api.reply({ tools: [{ name: 'Bash', id: 'toolu_a', input: { command: 'echo a' } }] }, say('done'));
  await w.run('go');
  const [, second] = await w.api.requests();
  assert.equal(results(second)[0].tool_use_id, 'toolu_a');
});

conforms('a subagent of the options works and reports', async (w) => {
  await w.api.reply(callTool('Agent', { description: 'Tie', prompt: 'Tie one bowline.', subagent_type: 'rigger', run_in_background: false }), say('It holds.', { when: 'You are a rigger' }), say('done'));
  const frames = await w.run('go', { agents: { rigger: { description: 'Ties knots', prompt: 'You are a rigger.', tools: ['Read'] } } });
  assert.equal(frames.result.result, 'done');
  assert.match(JSON.stringify(frames.toolResults.at(-1).block.content), /It holds\./);
  assert.ok(frames.init.agents.includes('rigger'));
  assert.ok(frames.of('system', 'task_started').length === 1);
}, { later: 'subagents' });
