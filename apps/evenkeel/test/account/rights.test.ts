import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import { type Api, createApi, type Rights, ROLES, type Role, securedRoute } from '../../src/kernel/http.ts';
import { rightsTable } from '../../src/modules/account/rights.ts';

const ROUTES = [
  ['get', '/api/session', { action: 'see whether you are signed in', roles: 'anyone', scope: 'self' }],
  [
    'post',
    '/api/parties',
    { action: 'add a client', roles: ['owner', 'manager', 'agent'], scope: 'workspace' },
  ],
  ['get', '/api/parties', { action: 'see the clients', roles: ROLES, scope: 'workspace' }],
  ['post', '/api/backup', { action: 'make a backup', roles: ['owner'], scope: 'workspace' }],
  ['delete', '/api/nothing', { action: 'do what nobody may', roles: [], scope: 'self' }],
] as const satisfies readonly (readonly ['get' | 'post' | 'delete', string, Rights])[];

function smallApi(role: Role | null, order: readonly (typeof ROUTES)[number][] = ROUTES): Api {
  const api = createApi(() => {});
  api.use(async (c, next) => {
    c.set('caller', role && { actor: 'member:1' as Actor, role, name: 'Alex', isLocal: false });
    await next();
  });
  for (const [method, path, rights] of order) {
    const route = securedRoute(rights, { method, path, responses: { 200: { description: 'Done' } } });
    api.openapi(route, (c) => c.text('done', 200));
  }
  return api;
}

type Line = { method: string; path: string; may: Readonly<Record<string, string>> };

/** Reads the table as a person would. */
function linesOf(markdown: string): readonly Line[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  const [head = [], , ...body] = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return body.map((cells) => {
    const [method = '', path = ''] = (cells[2] ?? '').replaceAll('`', '').split(' ');
    return { method, path, may: Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])) };
  });
}

describe('the table of rights', () => {
  const lines = linesOf(rightsTable(smallApi(null)));
  const callers: readonly (Role | null)[] = [...ROLES, null];
  const cases = lines.flatMap((line) => callers.map((role) => [line, role] as const));

  test('has a line for every route', () => {
    expect(lines.map(({ method, path }) => `${method} ${path}`)).toEqual(
      [
        'GET /api/parties',
        'POST /api/parties',
        'POST /api/backup',
        'DELETE /api/nothing',
        'GET /api/session',
      ].sort((one, other) =>
        one.split(' ').reverse().join(' ') < other.split(' ').reverse().join(' ') ? -1 : 1,
      ),
    );
  });

  test('is the same in whatever order the modules register', () => {
    expect(rightsTable(smallApi(null, ROUTES.toReversed()))).toBe(rightsTable(smallApi(null)));
  });

  test.each(
    cases.map(
      ([line, role]) => [`${line.method} ${line.path}`, role ?? 'not signed in', line, role] as const,
    ),
  )('%s as %s does exactly what it says', async (_call, column, line, role) => {
    const { status } = await smallApi(role).request(line.path, { method: line.method });
    const refusal = role === null ? 401 : 403;
    expect(status).toBe(line.may[column] === 'yes' ? 200 : refusal);
  });
});
