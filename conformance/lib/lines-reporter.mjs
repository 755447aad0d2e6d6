// One JSON object per test: name, whether it passed, whether that was expected, and why not.

export default async function* lines(events) {
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.name.endsWith('.test.mjs')) continue;
    const error = data.details.error?.cause ?? data.details.error;
    yield JSON.stringify({ name: data.name, passed: type === 'test:pass', todo: data.todo || false, error: error ? String(error.message ?? error).slice(0, 500) : undefined }) + '\n';
  }
}
