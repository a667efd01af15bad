// Proves the server and the document together: every operation answers a valid request with its documented example
// and no violation, refuses each invalid one, and can be asked for each documented error.
//
//   node smoke.mjs

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const key = { authorization: 'APIKey 1234$abcdef' };
const role = { id: 1, name: 'Administrators' };
const invite = { client_id: 456, email: 'dev@example.com', user_role: {} };
const token = { client_user: {}, exp_date: null, name: 'My token' };

// [operation, method, path, body, status]
const valid = [
  ['getAccountOverview', 'GET', '/iam/clients/me', undefined, 200],
  ['listUsers', 'GET', '/iam/users', undefined, 200],
  ['listUsers', 'GET', '/iam/users?limit=50&offset=100', undefined, 200],
  ['getUser', 'GET', '/iam/users/0', undefined, 200],
  ['getUser', 'GET', '/iam/users/-1', undefined, 200],
  ['updateUser', 'PATCH', '/iam/users/7', {}, 200],
  ['updateUser', 'PATCH', '/iam/users/7', { name: null, phone: null }, 200],
  ['updateUser', 'PATCH', '/iam/users/7', { email: 'a@b.example', lang: 'az', name: 'n', phone: 'p', auth_types: ['google-oauth2'] }, 200],
  ['deleteUser', 'DELETE', '/iam/clients/456/client-users/123', undefined, 204],
  ['inviteUser', 'POST', '/iam/clients/invite_user', invite, 200],
  ['inviteUser', 'POST', '/iam/clients/invite_user', { ...invite, user_role: role, lang: 'zh', name: 'Zoë' }, 200],
  ['listApiTokens', 'GET', '/iam/v2/clients/456/tokens', undefined, 200],
  ['listApiTokens', 'GET', '/iam/v2/clients/456/tokens?deleted=true&issued_by=1&not_issued_by=2&role=Purge+and+Prefetch+only+%28API%2BWeb%29', undefined, 200],
  ['createApiToken', 'POST', '/iam/v2/clients/456/tokens', token, 200],
  ['createApiToken', 'POST', '/iam/v2/clients/456/tokens', { ...token, exp_date: '2030-01-01', client_user: { role }, description: 'd' }, 200],
  ['getApiToken', 'GET', '/iam/v2/clients/456/tokens/42', undefined, 200],
  ['deleteApiToken', 'DELETE', '/iam/v2/clients/456/tokens/42', undefined, 204],
];

// [what is wrong, method, path, body]
const invalid = [
  ['limit is not a number', 'GET', '/iam/users?limit=many'],
  ['offset is not a number', 'GET', '/iam/users?offset=1.5'],
  ['user ID is not a number', 'GET', '/iam/users/me'],
  ['no body', 'PATCH', '/iam/users/7'],
  ['unknown language', 'PATCH', '/iam/users/7', { lang: 'xx' }],
  ['null language', 'PATCH', '/iam/users/7', { lang: null }],
  ['unknown auth type', 'PATCH', '/iam/users/7', { auth_types: ['fax'] }],
  ['email without @', 'PATCH', '/iam/users/7', { email: 'nobody' }],
  ['name is a number', 'PATCH', '/iam/users/7', { name: 1 }],
  ['user ID is not a number', 'DELETE', '/iam/clients/456/client-users/x'],
  ['no body', 'POST', '/iam/clients/invite_user'],
  ['no role', 'POST', '/iam/clients/invite_user', { client_id: 456, email: 'dev@example.com' }],
  ['unknown group', 'POST', '/iam/clients/invite_user', { ...invite, user_role: { name: 'Owners' } }],
  ['null name', 'POST', '/iam/clients/invite_user', { ...invite, name: null }],
  ['deleted is not a flag', 'GET', '/iam/v2/clients/456/tokens?deleted=maybe'],
  ['no expiry', 'POST', '/iam/v2/clients/456/tokens', { client_user: {}, name: 'n' }],
  ['role is a string', 'POST', '/iam/v2/clients/456/tokens', { ...token, client_user: { role: 'Users' } }],
  ['token ID is not a number', 'GET', '/iam/v2/clients/456/tokens/x'],
  ['token ID is not a number', 'DELETE', '/iam/v2/clients/456/tokens/x'],
];

const errors = {
  '/iam/clients/me': [401, 403, 429, 500, 503],
  '/iam/users': [400, 401, 403, 429, 500, 503],
  '/iam/users/7': [400, 401, 403, 404, 429, 500, 503],
  '/iam/v2/clients/456/tokens/42': [400, 401, 403, 404, 429, 500, 503],
};

const server = spawn(process.execPath, ['prism.mjs', '../../spec/gcore-iam.yaml', process.argv[2] ?? '/dev/null'], {
  cwd: import.meta.dirname,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [line] = await once(createInterface(server.stdout), 'line');
const base = `http://127.0.0.1:${line.replace('PORT=', '')}`;

async function call(method, path, body, headers = {}) {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const init = { method, headers: { accept: 'application/json', ...key, ...json, ...headers }, body: JSON.stringify(body) };
  const answer = await fetch(base + path, init);
  return { status: answer.status, violations: answer.headers.get('sl-violations'), type: answer.headers.get('content-type'), retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

let bad = 0;
function check(holds, what, answer) {
  if (!holds) bad += 1;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what} -> ${answer.status}${holds ? '' : ` ${answer.violations} ${answer.text}`}`);
}

for (const [operation, method, path, body, status] of valid) {
  const answer = await call(method, path, body);
  check(answer.status === status && !answer.violations && (status === 204) === (answer.text === ''), `${operation} ${method} ${path}`, answer);
}
for (const [what, method, path, body] of invalid) {
  const answer = await call(method, path, body);
  check((answer.status === 422 || answer.status === 400) && answer.violations, `${what}: ${method} ${path}`, answer);
}
for (const [path, statuses] of Object.entries(errors)) {
  for (const status of statuses) {
    const answer = await call('GET', path, undefined, { prefer: `code=${status}` });
    const fits = answer.status === status && !answer.violations && (status !== 429 || answer.retryAfter === '1');
    check(fits && typeof JSON.parse(answer.text).request_id === 'string', `Prefer: code=${status} ${path}`, answer);
  }
}
const stranger = await fetch(`${base}/iam/users/0`).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
check(stranger.status === 401, 'without a key', stranger);

server.stdin.end();
const [code] = await once(server, 'exit');
check(code === 0, 'ends at the end of stdin', { status: code });
process.exitCode = bad === 0 ? 0 : 1;
