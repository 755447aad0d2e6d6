import { assert, callTool, conforms, MODEL, say } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };

conforms('the model may be changed between turns', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('one');
  await s.query.setModel('claude-haiku-4-5');
  await s.turn('two');
  const models = (await w.api.requests()).map((r) => r.model);
  assert.match(models[1], /^claude-haiku-4-5/);
  assert.match(s.of('system', 'init').at(-1).model, /^claude-haiku-4-5/);
});

conforms('the mode may be changed between turns', async (w) => {
  await w.api.reply(say('one'), callTool('Write', { file_path: w.path('a'), content: 'x' }), say('two'));
  const s = w.live();
  await s.turn('one');
  await s.query.setPermissionMode('acceptEdits');
  await s.turn('two');
  assert.equal(s.of('system', 'init').at(-1).permissionMode, 'acceptEdits');
  assert.ok(w.exists('a'));
});

conforms('a change of mode is told with a status', async (w) => {
  await w.api.reply(say('one'));
  const s = w.live();
  await s.turn('one');
  await s.query.setPermissionMode('acceptEdits');
  const status = await s.until((m) => m.subtype === 'status' && m.permissionMode);
  assert.equal(status.permissionMode, 'acceptEdits');
});

conforms('the mode without limits is refused when it was not enabled', async (w) => {
  await w.api.reply(say('one'));
  const s = w.live();
  await s.turn('one');
  await assert.rejects(s.query.setPermissionMode('bypassPermissions'));
});

conforms('the tokens for thinking may be changed between turns', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live({ model: 'claude-haiku-4-5' });
  await s.turn('one');
  await s.query.setMaxThinkingTokens(3000);
  await s.turn('two');
  assert.equal((await w.api.requests())[1].thinking.budget_tokens, 3000);
});

conforms('the commands are listed, those of the project too', async (w) => {
  w.write('.claude/commands/reef.md', '---\ndescription: Reefs a sail\nargument-hint: "[sail]"\n---\nReef $ARGUMENTS now.');
  await w.api.reply(say('ok'));
  const s = w.live({ settingSources: ['project'] });
  await s.turn('hi');
  const commands = await s.query.supportedCommands();
  const reef = commands.find((c) => c.name === 'reef');
  assert.match(reef.description, /Reefs a sail/);
  assert.equal(reef.argumentHint, '[sail]');
  assert.ok(commands.some((c) => c.name === 'compact'));
}, { later: 'commands of projects' });

conforms('a command of the project is expanded', async (w) => {
  w.write('.claude/commands/reef.md', 'Reef $ARGUMENTS now.');
  await w.api.reply(say('ok'));
  await w.run('/reef the mainsail', { settingSources: ['project'] });
  assert.match(JSON.stringify((await w.api.requests())[0].messages), /Reef the mainsail now\./);
}, { later: 'commands of projects' });

conforms('the models are listed', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  await s.turn('hi');
  const models = await s.query.supportedModels();
  assert.ok(models.length > 0);
  for (const m of models) assert.ok(m.value && m.displayName && m.description !== undefined);
});

conforms('the account says where the key is from', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  await s.turn('hi');
  const account = await s.query.accountInfo();
  assert.equal(account.apiKeySource, 'ANTHROPIC_API_KEY');
});

conforms('agents of the options are listed', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live({ agents: { rigger: { description: 'Ties knots', prompt: 'You are a rigger.' } } });
  await s.turn('hi');
  const agents = await s.query.supportedAgents();
  assert.ok(agents.some((a) => a.name === 'rigger' && a.description === 'Ties knots'));
}, { later: 'subagents' });

conforms('the answer to initialize has all that hosts read', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  await s.turn('hi');
  const answer = await s.query.initializationResult();
  for (const list of ['commands', 'agents', 'models', 'available_output_styles']) assert.ok(Array.isArray(answer[list]), list);
  assert.equal(answer.output_style, 'default');
  assert.ok(answer.pid > 0);
  assert.equal(answer.hook_on_failure_supported, true);
});

conforms('the use of the context is told by category', async (w) => {
  await w.api.reply(say('ok', { usage: { input: 1234, output: 5 } }));
  const s = w.live();
  await s.turn('hi');
  const usage = await s.query.getContextUsage();
  assert.ok(usage.maxTokens > 0);
  assert.ok(usage.totalTokens > 0);
  assert.ok(Array.isArray(usage.categories) && usage.categories.length > 0);
  assert.ok(usage.categories.every((c) => typeof c.name === 'string' && typeof c.tokens === 'number'));
});

conforms('the use of the session is told with costs by model', async (w) => {
  await w.api.reply(say('ok'));
  const live = w.live();
  live.send('hi');
  await live.until((m) => m.type === 'result');
  const usage = await live.query.usage_EXPERIMENTAL_MAY_CHANGE_DO_NOT_RELY_ON_THIS_API_YET();
  assert.ok(usage.session.total_cost_usd > 0);
  assert.ok(usage.session.total_duration_ms >= usage.session.total_api_duration_ms);
  assert.ok(usage.session.model_usage[MODEL].inputTokens > 0);
  assert.deepEqual([usage.rate_limits_available, usage.rate_limits], [false, null]);
});

conforms('a mode that is none is refused with a code', async (w) => {
  const live = w.live();
  await assert.rejects(live.query.setPermissionMode('nonsense'), (e) => e.errorCode === 'invalid_mode' && /acceptEdits/.test(e.message));
});

conforms('sending everything to the background succeeds when there is nothing', async (w) => {
  const live = w.live();
  assert.equal(await live.query.backgroundTasks(), true);
  assert.equal(await live.query.backgroundTasks('toolu_none'), false);
});

conforms('variables of changed settings reach the next command', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'echo =$ROPE=' }), say('one'), callTool('Bash', { command: 'echo =$ROPE=' }), say('two'));
  const live = w.live(free);
  live.send('hi');
  await live.until((m) => m.type === 'result');
  await live.query.applyFlagSettings({ env: { ROPE: 'knot' } });
  live.send('again');
  await live.until((m) => m.type === 'result');
  assert.deepEqual(live.frames.filter((m) => m.tool_use_result).map((m) => m.tool_use_result.stdout), ['==', '=knot=']);
});

conforms('requests are answered while a turn runs', async (w) => {
  await w.api.reply(say('slow', { gate: 'held' }));
  const s = w.live();
  s.send('hi');
  await w.api.reached('held');
  assert.ok((await s.query.supportedModels()).length > 0);
  assert.deepEqual(await s.query.mcpServerStatus(), []);
  await s.query.setPermissionMode('acceptEdits');
  await w.api.open('held');
  assert.equal((await s.result()).result, 'slow');
});

conforms('settings may be changed in a live session', async (w) => {
  await w.api.reply(say('one'), callTool('Bash', { command: 'touch a' }), say('two'));
  const s = w.live();
  await s.turn('one');
  await s.query.applyFlagSettings({ permissions: { allow: ['Bash(touch:*)'] } });
  await s.turn('two');
  assert.ok(w.exists('a'));
});

conforms('the command /context answers without a request', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live();
  await s.turn('hi');
  const result = await s.turn('/context');
  assert.equal(result.num_turns, 0);
  assert.equal((await w.api.requests()).length, 1);
});

conforms('a task of the background may be stopped', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'until [ -e go ]; do sleep 0.05; done', run_in_background: true }), say('launched'));
  await w.api.otherwise(say('noted'));
  const s = w.live({ ...free, tools: ['Bash'] });
  await s.turn('go');
  const { backgroundTaskId } = s.of('user').find((m) => m.tool_use_result).tool_use_result;
  await s.query.stopTask(backgroundTaskId);
  await w.eventually('the end of the task', () => s.of('system').some((m) => (m.subtype === 'task_notification' && m.status === 'stopped') || (m.subtype === 'task_updated' && m.patch?.status === 'killed')));
});

conforms('what the host reads through the engine is the file', async (w) => {
  const file = w.write('a.txt', 'halyard');
  await w.api.reply(say('ok'));
  const s = w.live();
  await s.turn('hi');
  const answer = await s.query.readFile(file);
  assert.equal(answer.contents, 'halyard');
});

conforms('reinitialize gives the answer again', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('one');
  const answer = await s.query.reinitialize();
  assert.ok(Array.isArray(answer.commands));
  assert.equal((await s.turn('two')).result, 'ok');
});
