// Starts the fake API's server; it ends with this process, whose pipe is its standard input.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export async function startFakeApi(home) {
  const lib = path.join(home, 'target/lib');
  const jars = [...fs.readdirSync(path.join(home, 'target')).filter((f) => /^bowline-conformance-[\d.]+\.jar$/.test(f)).map((f) => path.join(home, 'target', f)), ...fs.readdirSync(lib).map((f) => path.join(lib, f))];
  const java = process.env.CONFORMANCE_JAVA ?? 'java';
  const child = spawn(java, ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', jars.join(':'), 'dev.bowline.conformance.FakeApiServer'], { stdio: ['pipe', 'pipe', 'inherit'] });
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
