import fs from 'node:fs';
import path from 'node:path';
import { assert, callTool, conforms, deferred, results, say, sdk, textOf, z } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };

/** Runs one tool call and gives its result as the host and the model saw it. */
async function once(w, name, input, options = {}) {
  await w.api.reply(callTool(name, input), say('done'));
  const frames = await w.run('go', { ...free, tools: [name], ...options });
  const { block, value } = frames.toolResults[0];
  const [, second] = await w.api.requests();
  assert.equal(frames.result.result, 'done');
  return { value, text: textOf([block]), error: block.is_error === true, told: textOf([results(second)[0]]), frames, block };
}

conforms('Read gives the lines with numbers and the file as it is', async (w) => {
  const file = w.write('a.txt', 'one\ntwo\nthree');
  const { value, told } = await once(w, 'Read', { file_path: file });
  assert.equal(value.type, 'text');
  assert.equal(value.file.filePath, file);
  assert.equal(value.file.content, 'one\ntwo\nthree');
  assert.deepEqual([value.file.numLines, value.file.startLine, value.file.totalLines], [3, 1, 3]);
  assert.match(told, /^1\tone\n2\ttwo\n3\tthree/);
});

conforms('Read gives the part that was asked for', async (w) => {
  const file = w.write('a.txt', Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n'));
  const { value, told } = await once(w, 'Read', { file_path: file, offset: 40, limit: 2 });
  assert.deepEqual([value.file.numLines, value.file.startLine, value.file.totalLines], [2, 40, 100]);
  assert.match(told, /^40\tline 40\n41\tline 41/);
});

conforms('Read of a missing file is an error that the host gets as a string', async (w) => {
  const { value, error, told } = await once(w, 'Read', { file_path: w.path('none.txt') });
  assert.equal(error, true);
  assert.equal(typeof value, 'string');
  assert.match(value, /^Error: /);
  assert.match(told, /does not exist/);
});

conforms('Read of an empty file says so without an error', async (w) => {
  const { error, told } = await once(w, 'Read', { file_path: w.write('empty.txt', '') });
  assert.equal(error, false);
  assert.match(told, /empty/i);
});

conforms('Read of a folder is an error', async (w) => {
  const { error } = await once(w, 'Read', { file_path: w.cwd });
  assert.equal(error, true);
});

conforms('Read of a picture gives the model a picture', async (w) => {
  const file = w.path('dot.png');
  fs.writeFileSync(file, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
  const { value, block } = await once(w, 'Read', { file_path: file });
  assert.equal(value.type, 'image');
  assert.match(value.file.type, /^image\//);
  assert.equal(block.content[0].type, 'image');
});

conforms('Write makes a new file and says that it is new', async (w) => {
  const file = w.path('sub/new.txt');
  const { value } = await once(w, 'Write', { file_path: file, content: 'hello\n' });
  assert.equal(value.type, 'create');
  assert.equal(value.filePath, file);
  assert.equal(value.content, 'hello\n');
  assert.equal(value.originalFile, null);
  assert.deepEqual(value.structuredPatch, []);
  assert.equal(w.read('sub/new.txt'), 'hello\n');
});

conforms('Write over a file that was read gives the patch and the old text', async (w) => {
  const file = w.write('a.txt', 'old\n');
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Write', { file_path: file, content: 'new\n' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Read', 'Write'] });
  const { value } = frames.toolResults[1];
  assert.equal(value.type, 'update');
  assert.equal(value.originalFile, 'old\n');
  assert.deepEqual(value.structuredPatch[0].lines, ['-old', '+new']);
  assert.equal(w.read('a.txt'), 'new\n');
});

conforms('Edit replaces one place and gives the patch', async (w) => {
  const file = w.write('a.txt', 'one\ntwo\nthree\n');
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Edit', { file_path: file, old_string: 'two', new_string: '2' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Read', 'Edit'] });
  const { value } = frames.toolResults[1];
  assert.deepEqual([value.filePath, value.oldString, value.newString, value.replaceAll, value.userModified], [file, 'two', '2', false, false]);
  assert.equal(value.originalFile, 'one\ntwo\nthree\n');
  assert.deepEqual(value.structuredPatch[0], { oldStart: 1, oldLines: 3, newStart: 1, newLines: 3, lines: [' one', '-two', '+2', ' three'] });
  assert.equal(w.read('a.txt'), 'one\n2\nthree\n');
});

conforms('Edit replaces every place when asked', async (w) => {
  const file = w.write('a.txt', 'x y x\nx\n');
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Edit', { file_path: file, old_string: 'x', new_string: 'z', replace_all: true }), say('done'));
  await w.run('go', { ...free, tools: ['Read', 'Edit'] });
  assert.equal(w.read('a.txt'), 'z y z\nz\n');
});

conforms('Edit with several matches is refused and leaves the file', async (w) => {
  const file = w.write('a.txt', 'x\nx\n');
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Edit', { file_path: file, old_string: 'x', new_string: 'z' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Read', 'Edit'] });
  assert.equal(frames.toolResults[1].block.is_error, true);
  assert.match(frames.toolResults[1].block.content, /<tool_use_error>.*2 matches/s);
  assert.equal(w.read('a.txt'), 'x\nx\n');
});

conforms('Edit of a text that is not there is refused', async (w) => {
  const file = w.write('a.txt', 'x\n');
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Edit', { file_path: file, old_string: 'nowhere', new_string: 'z' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Read', 'Edit'] });
  assert.equal(frames.toolResults[1].block.is_error, true);
  assert.match(frames.toolResults[1].value, /^Error: /);
});

conforms('Bash gives what a command prints', async (w) => {
  const { value, block } = await once(w, 'Bash', { command: 'echo out; echo err >&2' });
  assert.equal(value.stdout, 'out\nerr');
  assert.equal(value.stderr, '');
  assert.equal(value.interrupted, false);
  assert.equal(value.isImage, false);
  assert.equal(block.is_error, false);
  assert.equal(block.content, 'out\nerr');
});

conforms('Bash reports a failing command with its exit code', async (w) => {
  const { error, text, value } = await once(w, 'Bash', { command: 'echo before; exit 3' });
  assert.equal(error, true);
  assert.match(text, /^Exit code 3\nbefore/);
  assert.match(value, /^Error: Exit code 3/);
});

conforms('Bash keeps the folder that a command changed to', async (w) => {
  fs.mkdirSync(w.path('sub'));
  await w.api.reply(callTool('Bash', { command: 'cd sub' }), callTool('Bash', { command: 'pwd' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Bash'] });
  assert.equal(frames.toolResults[1].value.stdout, w.path('sub'));
});

conforms('Bash ends a command that takes too long or moves it to the background', async (w) => {
  await w.api.otherwise(say('done'));
  const { frames } = await once(w, 'Bash', { command: 'echo begun; for i in $(seq 60); do sleep 0.25; done', timeout: 1000 });
  const told = JSON.stringify(frames.toolResults[0].block.content);
  assert.match(told, /background|timed out/);
  const took = frames.of('result')[0].duration_ms;
  assert.ok(took < 12_000, `it was waited for, ${took} ms`);
});

conforms('Bash in the background answers at once and its end is told', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'until [ -e go ]; do sleep 0.05; done; echo finished', run_in_background: true }), say('launched'));
  await w.api.otherwise(say('noted'));
  const s = w.live({ ...free, tools: ['Bash'] });
  await s.turn('go');
  const value = s.of('user').find((m) => m.tool_use_result).tool_use_result;
  assert.ok(value.backgroundTaskId);
  w.write('go', '');
  const note = await s.until((m) => m.subtype === 'task_notification', 'the notification');
  assert.equal(note.task_id, value.backgroundTaskId);
  assert.equal(note.status, 'completed');
  assert.match(fs.readFileSync(note.output_file, 'utf8'), /finished/);
});

conforms('Bash keeps a large output in a file and shows its beginning', async (w) => {
  const { value, told } = await once(w, 'Bash', { command: 'seq 1 60000' });
  assert.ok(told.length < 60_000, `${told.length} characters reached the model`);
  assert.match(told, /^<persisted-output>/);
  assert.ok(value.persistedOutputPath && fs.statSync(value.persistedOutputPath).size > 300_000);
});

conforms('Glob lists files by pattern', async (w) => {
  w.write('src/a.ts', '');
  w.write('src/b.js', '');
  const { value, told } = await once(w, 'Glob', { pattern: '**/*.ts' });
  assert.deepEqual(value.filenames, [path.join('src', 'a.ts')]);
  assert.equal(value.numFiles, 1);
  assert.equal(value.truncated, false);
  assert.equal(told.trim(), path.join('src', 'a.ts'));
});

conforms('Glob without a match says so', async (w) => {
  const { value, told, error } = await once(w, 'Glob', { pattern: '*.nothing' });
  assert.equal(value.numFiles, 0);
  assert.equal(told, 'No files found');
  assert.equal(error, false);
});

conforms('Grep lists the files that match', async (w) => {
  w.write('a.txt', 'mast\n');
  w.write('b.txt', 'keel\n');
  const { value } = await once(w, 'Grep', { pattern: 'ma.t' });
  assert.equal(value.mode, 'files_with_matches');
  assert.deepEqual(value.filenames, ['a.txt']);
  assert.equal(value.numFiles, 1);
});

conforms('Grep shows lines with numbers', async (w) => {
  w.write('a.txt', 'keel\nmast\n');
  const { value, told } = await once(w, 'Grep', { pattern: 'mast', output_mode: 'content', '-n': true });
  assert.equal(value.mode, 'content');
  assert.match(value.content, /a\.txt:2:mast/);
  assert.match(told, /a\.txt:2:mast/);
});

conforms('Grep counts', async (w) => {
  w.write('a.txt', 'x\nx\n');
  const { value } = await once(w, 'Grep', { pattern: 'x', output_mode: 'count' });
  assert.equal(value.mode, 'count');
  assert.equal(value.numMatches, 2);
});

conforms('NotebookEdit replaces a cell', async (w) => {
  const file = w.write('n.ipynb', JSON.stringify({ cells: [{ cell_type: 'code', id: 'c1', metadata: {}, outputs: [], execution_count: null, source: ['a = 1'] }], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  await w.api.reply(callTool('Read', { file_path: file }), callTool('NotebookEdit', { notebook_path: file, cell_id: 'c1', new_source: 'a = 2' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['Read', 'NotebookEdit'] });
  assert.equal(frames.toolResults[1].value.new_source, 'a = 2');
  assert.match(w.read('n.ipynb'), /a = 2/);
});

conforms('calls of one answer run and are answered each', async (w) => {
  for (const n of ['a', 'b', 'c']) w.write(`${n}.txt`, `text ${n}`);
  await w.api.reply(callTool(['Read', { file_path: w.path('a.txt') }], ['Read', { file_path: w.path('b.txt') }], ['Read', { file_path: w.path('c.txt') }]), say('done'));
  const frames = await w.run('go', free);
  assert.equal(frames.toolResults.length, 3);
  const [, second] = await w.api.requests();
  assert.equal(second.messages.filter((m) => Array.isArray(m.content) && m.content.some((b) => b.type === 'tool_result')).length, 1, 'one message holds all results');
  assert.equal(results(second).length, 3);
});

/** A server of the host's with a tool that ends when `count` calls of it have begun, or after a while. */
const meeting = (count, annotations) => {
  const all = deferred();
  let there = 0;
  const met = [];
  const tool = sdk.tool('meet', 'Waits for others', { n: z.number() }, async () => {
    if (++there === count) all.resolve();
    met.push(await Promise.race([all.promise.then(() => true), new Promise((r) => setTimeout(() => r(false), 1500))]));
    return { content: [{ type: 'text', text: 'met' }] };
  }, { annotations });
  return { met, mcpServers: { quay: sdk.createSdkMcpServer({ name: 'quay', version: '1.0.0', tools: [tool] }) } };
};
const three = () => callTool(['mcp__quay__meet', { n: 1 }], ['mcp__quay__meet', { n: 2 }], ['mcp__quay__meet', { n: 3 }]);

conforms('calls that only read run at the same time', async (w) => {
  const { met, mcpServers } = meeting(3, { readOnlyHint: true });
  await w.api.reply(three(), say('done'));
  const frames = await w.run('go', { ...free, mcpServers });
  assert.deepEqual(met, [true, true, true]);
  assert.equal(new Set(frames.toolResults.map((r) => r.block.tool_use_id)).size, 3);
});

conforms('calls that may change something run one after another', async (w) => {
  const { met, mcpServers } = meeting(2, {});
  await w.api.reply(callTool(['mcp__quay__meet', { n: 1 }], ['mcp__quay__meet', { n: 2 }]), say('done'));
  await w.run('go', { ...free, mcpServers });
  assert.equal(met[0], false, 'the first call met the second');
});

conforms('a tool that does not exist is answered with an error', async (w) => {
  await w.api.reply(callTool('NoSuchTool', { a: 1 }), say('done'));
  const frames = await w.run('go', free);
  const { block } = frames.toolResults[0];
  assert.equal(block.is_error, true);
  assert.match(textOf([block]), /<tool_use_error>.*NoSuchTool/s);
  assert.equal(frames.result.result, 'done');
});

conforms('an input that does not fit is answered with an error that names the field', async (w) => {
  const { error, told } = await once(w, 'Read', { wrong: true });
  assert.equal(error, true);
  assert.match(told, /InputValidationError/);
  assert.match(told, /file_path/);
});

conforms('an input that is no JSON is answered with an error', async (w) => {
  await w.api.reply(callTool('Bash', '{"command": "echo'), say('done'));
  const frames = await w.run('go', free);
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.equal(frames.result.result, 'done');
});

conforms('numbers and booleans written as strings are accepted', async (w) => {
  const file = w.write('a.txt', 'a\nb\nc\nd');
  const { value } = await once(w, 'Read', { file_path: file, offset: '2', limit: '1' });
  assert.deepEqual([value.file.startLine, value.file.numLines], [2, 1]);
});

conforms('a large file is refused with advice or shown in part', async (w) => {
  const file = w.write('big.txt', 'all hands on deck\n'.repeat(30_000));
  const { told } = await once(w, 'Read', { file_path: file });
  assert.ok(told.length < 400_000);
});

conforms('WebFetch of a page asks the model about its text', async (w) => {
  await w.api.reply(callTool('WebFetch', { url: 'http://127.0.0.1:1/none', prompt: 'what' }), say('done'));
  const frames = await w.run('go', { ...free, tools: ['WebFetch'] });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.equal(frames.result.result, 'done');
});
