// Serves the static examples of an OpenAPI document with Prism, and refuses requests that the document does not allow.
//
//   node prism.mjs <document> <log-file>
//
// Prints `PORT=<port>` on stdout once the server on 127.0.0.1 answers. Ends at the end of stdin, so that it never
// outlives whoever started it, and at SIGTERM, SIGINT or SIGHUP. Otherwise it
// does what `prism mock --errors -p 0 <document>` does; its log holds one JSON object per line.

import { closeSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { argv, exit, stderr, stdin, stdout } from 'node:process';

const [document, logFile] = argv.slice(2);
if (!document || !logFile) {
  stderr.write('usage: node prism.mjs <document> <log-file>\n');
  exit(2);
}

// The server comes from the packages that the pinned command line brings along, so that one version is pinned.
const prism = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-cli'));
const { createLogger } = prism('@stoplight/prism-core');
const { getHttpOperationsFromSpec } = prism('@stoplight/prism-http');
const { createServer } = prism('@stoplight/prism-http-server');

const log = openSync(logFile, 'a');
const end = (code) => {
  closeSync(log);
  exit(code);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(0));
stdin.on('end', () => end(0)).on('error', () => end(0)).resume();

try {
  const operations = await getHttpOperationsFromSpec(document);
  if (operations.length === 0) throw new Error(`${document} has no operations`);
  const logger = createLogger('PRISM', { level: 'info' }, { write: (line) => writeSync(log, line) });
  const server = createServer(operations, {
    cors: false,
    components: { logger },
    config: {
      checkSecurity: true,
      errors: true,
      isProxy: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
    },
  });
  const address = await server.listen(0, '127.0.0.1');
  await fetch(address).then((answer) => answer.arrayBuffer());
  stdout.write(`PORT=${new URL(address).port}\n`);
} catch (error) {
  writeSync(log, `${error.stack ?? error}\n`);
  stderr.write(`${error.message ?? error}\n`);
  end(1);
}
