// Says only what failed, and how many there were.

const isTest = (d) => d.details?.type !== 'suite' && !d.name.endsWith('.test.mjs');

export default async function* quiet(events) {
  const count = { passed: 0, failed: 0, todo: 0 };
  const begun = Date.now();
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || !isTest(data)) continue;
    const todo = data.todo !== undefined && data.todo !== false;
    count[todo ? 'todo' : type === 'test:pass' ? 'passed' : 'failed']++;
    if (type === 'test:fail' && !todo) {
      const error = data.details.error?.cause ?? data.details.error;
      yield `\nFAILED  ${data.name}\n${String(error?.message ?? error).replace(/^/gm, '        ').slice(0, 3000)}\n`;
    }
  }
  yield `\nconformance: ${count.passed} passed, ${count.failed} failed, ${count.todo} not expected to pass, in ${Math.round((Date.now() - begun) / 1000)} s\n`;
}
