// Starts the fake API's server; it ends with this process, whose pipe is its standard input.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

function classPath(home) {
  if (process.env.CONFORMANCE_CLASS_PATH) return process.env.CONFORMANCE_CLASS_PATH;
  const target = path.join(home, 'target');
  const jars = (folder, fits) => fs.readdirSync(folder).filter(fits).map((f) => path.join(folder, f));
  return [...jars(target, (f) => /^bowline-conformance-[\d.]+\.jar$/.test(f)), ...jars(path.join(target, 'lib'), (f) => f.endsWith('.jar'))].join(':');
}

export async function startFakeApi(home) {
  const java = process.env.CONFORMANCE_JAVA ?? 'java';
  const args = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classPath(home), 'dev.bowline.conformance.FakeApiServer'];
  const child = spawn(java, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (d) => {
      text += d;
      if (text.includes('\n')) resolve(text.split('\n')[0].trim());
    });
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`the fake API ended with ${code} before it was ready`)));
  });
  return { url, close: () => child.stdin.end() };
}
