// Where TypeSpec's scenarios are, and which there are.

import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The package of the scenarios. */
const home = fileURLToPath(new URL('node_modules/@typespec/http-specs', import.meta.url));

/** The folder with the specifications. */
export const specifications = join(home, 'specs');

/** The folder of each scenario, such as `type/array`, by the scenario's name. */
export async function folders() {
  const compiled = join(home, 'dist', 'specs');
  const found = {};
  for (const file of globSync('**/mockapi.js', { cwd: compiled }).sort()) {
    const { Scenarios } = await import(pathToFileURL(join(compiled, file)).href);
    for (const name of Object.keys(Scenarios)) found[name] = dirname(file);
  }
  return found;
}
