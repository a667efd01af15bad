// Serves the scenarios with Spector, which holds each request to what its scenario asks for.
//
//   node serve.mjs <coverage-file> <log-file>
//
// Prints `PORT=<port>` on stdout once the server on 127.0.0.1 listens. At the end of stdin it writes what became of each
// scenario, and ends, so that it never outlives whoever started it; at SIGTERM, SIGINT or SIGHUP it ends at once. The
// coverage is a JSON object of `{ folder, status }` by the scenario's name; a scenario passes if the status is `pass`.

import { openSync, writeFileSync, writeSync } from 'node:fs';
import { argv, exit, stderr, stdin, stdout } from 'node:process';
import { format } from 'node:util';

const [coverageFile, logFile] = argv.slice(2);
if (!coverageFile || !logFile) {
  stderr.write('usage: node serve.mjs <coverage-file> <log-file>\n');
  exit(2);
}

// Spector says on stdout what it is asked; nobody reads that after the port.
const log = openSync(logFile, 'w');
console.log = (...words) => writeSync(log, `${format(...words)}\n`);

// Spector's command takes no port 0, by which a server finds a free one itself; its package exports no class that does.
const { MockApiApp } = await import('./node_modules/@typespec/spector/dist/src/app/app.js');
const { folders, specifications } = await import('./scenarios.mjs');

const app = new MockApiApp({ port: 0, scenarioPath: specifications, coverageFile: `${coverageFile}.spector` });
const found = await folders();

/** What became of each scenario. */
function coverage() {
  const statuses = app.coverageTracker.computeCoverage().flatMap(({ results }) => Object.entries(results));
  return Object.fromEntries(statuses.map(([name, status]) => [name, { folder: found[name], status }]));
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => exit(1));
stdin
  .on('end', () => {
    writeFileSync(coverageFile, JSON.stringify(coverage(), null, 1));
    exit(0);
  })
  .on('error', () => exit(1))
  .resume();

await app.start();
stdout.write(`PORT=${new URL(app.resolverConfig.baseUrl).port}\n`);
