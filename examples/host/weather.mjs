// A tool in the host's own process. Run: node weather.mjs "What should I wear in Bergen today?"
import { fileURLToPath } from 'node:url';
import { createSdkMcpServer, query, tool } from '@anthropic-ai/claude-agent-sdk';
import { z } from 'zod';

const pathToClaudeCodeExecutable = process.env.BOWLINE ?? fileURLToPath(new URL('../../bowline', import.meta.url));

const weather = createSdkMcpServer({
  name: 'weather',
  tools: [
    tool('now', 'The weather right now.', { city: z.string() }, async ({ city }) => ({
      content: [{ type: 'text', text: `Rain in ${city}` }],
    })),
  ],
});

const options = { pathToClaudeCodeExecutable, mcpServers: { weather }, allowedTools: ['mcp__weather__now'] };
for await (const message of query({ prompt: process.argv[2] ?? 'What should I wear in Bergen today?', options })) {
  if (message.type === 'system' && message.subtype === 'init') console.error(`tools: ${message.tools.join(', ')}`);
  if (message.type === 'result') console.log(message.result);
}
