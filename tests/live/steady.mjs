// Answers with values of an OpenAPI document, made by Steady (`@stdy/cli`), and refuses requests that the document does
// not allow.
//
//   node steady.mjs <document> <log-file>
//
// Prints `PORT=<port>` on stdout once the server on 127.0.0.1 answers. Ends at the end of stdin, so that it never
// outlives whoever started it, and at SIGTERM, SIGINT or SIGHUP.

import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { arch, argv, exit, platform, stderr, stdin, stdout } from 'node:process';

const [document, logFile] = argv.slice(2);
if (!document || !logFile) {
  stderr.write('usage: node steady.mjs <document> <log-file>\n');
  exit(2);
}

// The program itself, not the script around it: that would have to be ended as well.
const folder = dirname(createRequire(import.meta.url).resolve(`@stdy/cli-${platform}-${arch}/package.json`));
const program = join(folder, 'bin', 'steady');

// The program takes a port and tells none that it chose.
const port = await new Promise((resolve, reject) => {
  const probe = createServer().on('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

const log = openSync(logFile, 'a');
const options = ['--port', port, '--reject-on-sdk-error', '--no-color', '--log-level', 'details', document];
const server = spawn(program, options.map(String), { stdio: ['ignore', log, log] });
const end = (code) => {
  server.kill();
  exit(code);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(0));
stdin.on('end', () => end(0)).on('error', () => end(0)).resume();
server.on('error', (error) => {
  writeSync(log, `${error.message}\n`);
  exit(1);
});
server.on('exit', (code) => exit(code ?? 1));

const answers = async () => {
  try {
    await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.arrayBuffer());
    return true;
  } catch {
    return false;
  }
};
while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 100));
stdout.write(`PORT=${port}\n`);
