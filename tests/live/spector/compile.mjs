// Compiles TypeSpec's scenarios to OpenAPI documents, one file for each service and version of it.
//
//   node compile.mjs <OpenAPI version> <folder>
//
// A document is called by the folder of its scenarios and, if there are several, its version: `type/array` becomes
// `type-array.yaml`. Prints how many compile as they stand; ends with status 1 if one compiles not even as mended below.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, globSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { compile, createSourceFile, NodeHost } from '@typespec/compiler';
import { specifications } from './scenarios.mjs';

/**
 * What OpenAPI has no words for, and what the emitter ends at, by the folder of the scenarios: texts of `main.tsp` and what
 * stands for them, and what is written back in the document.
 */
const mendings = {
  // a query in a path
  routes: { before: [[/@route\("query-continuation"\)\s+namespace QueryContinuation \{[^]*?\n {2}\}/, '']] },
  // a range of statuses that is not a hundred
  'response/status-code-range': {
    before: [
      [/@scenario\s+@scenarioDoc\((?:(?!@scenario)[^])*?@route\("\/error-response-status-code-in-range"\)[^;]*;/, ''],
      [/@error\s+model ErrorInRange \{[^}]*\}/, ''],
    ],
  },
  // a name that every object of JavaScript has
  'special-words': {
    before: [['@query constructor: string', '@query constructorParameter: string']],
    after: [['constructorParameter', 'constructor']],
  },
};

/** Replaces each text, which has to be there. */
function replaced(text, replacements) {
  return replacements.reduce((result, [from, to]) => {
    const next = result.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
    if (next === result) throw new Error(`${from} is not there`);
    return next;
  }, text);
}

/** Reads files as they are, but one, in which texts are replaced. */
function mended(main, replacements) {
  const readFile = async (path) => {
    const file = await NodeHost.readFile(path);
    return resolve(path) === main ? createSourceFile(replaced(file.text, replacements), path) : file;
  };
  return { ...NodeHost, readFile };
}

/** The documents that come of a file, and what is wrong with it if there are none. */
async function emitted(host, main, version, folder) {
  rmSync(folder, { recursive: true, force: true });
  const openapi3 = { 'emitter-output-dir': folder, 'openapi-versions': [version], 'file-type': 'yaml' };
  try {
    const options = { emit: ['@typespec/openapi3'], outputDir: folder, options: { '@typespec/openapi3': openapi3 } };
    const program = await compile(host, main, options);
    const errors = program.diagnostics.filter(({ severity }) => severity === 'error');
    const documents = errors.length === 0 ? globSync('**/*.yaml', { cwd: folder }).sort() : [];
    return { documents, errors: errors.map(({ message }) => message) };
  } catch (error) {
    return { documents: [], errors: [error.message] };
  }
}

/** What a document is called: the folder of its scenarios, and what stands behind `openapi` in its own name. */
function named(folder, document) {
  const version = basename(document, '.yaml').replace(/^openapi/, '');
  return `${folder}${version}`.toLowerCase().replace(/[/_.]+/g, '-');
}

const [version, output] = argv.slice(2);
if (!version || !output) {
  stderr.write('usage: node compile.mjs <OpenAPI version> <folder>\n');
  exit(2);
}
const target = resolve(output);
const work = join(target, 'emitted');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const counts = { specifications: 0, plain: 0, documents: 0 };
for (const main of globSync('**/main.tsp', { cwd: specifications }).sort().map((path) => join(specifications, path))) {
  const folder = dirname(main).slice(specifications.length + 1);
  const mending = mendings[folder];
  let result = await emitted(NodeHost, main, version, work);
  counts.specifications += 1;
  counts.plain += result.documents.length > 0 ? 1 : 0;
  if (result.documents.length === 0 && mending) {
    result = await emitted(mended(main, mending.before), main, version, work);
  }
  if (result.documents.length === 0) {
    stderr.write(`${folder}: ${result.errors.join('; ') || 'it has no document'}\n`);
    exit(1);
  }
  for (const document of result.documents) {
    const path = join(target, `${named(folder, document)}.yaml`);
    renameSync(join(work, document), path);
    if (mending?.after) writeFileSync(path, replaced(readFileSync(path, 'utf8'), mending.after));
    counts.documents += 1;
  }
}
rmSync(work, { recursive: true, force: true });
const { specifications: all, plain, documents } = counts;
stdout.write(`OpenAPI ${version}: ${plain} of ${all} specifications compile as they stand, ${documents} documents\n`);
