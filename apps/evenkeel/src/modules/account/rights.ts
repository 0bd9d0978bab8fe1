import { type Api, mayCall, type Rights, ROLES } from '../../kernel/http.ts';

type Row = { readonly method: string; readonly path: string; readonly rights: Rights };

const SCOPES = {
  workspace: 'everything',
  case: 'a case; counsel: theirs',
  self: 'their own',
} as const satisfies Record<Rights['scope'], string>;

/**
 * Writes down who may do what, from what the routes declare; the control socket acts as owner.
 *
 * @returns Markdown, the same for the same routes in whatever order they were registered
 */
export function rightsTable(api: Api): string {
  const head = ['may', 'of', 'call', ...ROLES, 'phone', 'not signed in'];
  const rows = rowsOf(api).map(({ method, path, rights }) => [
    rights.action,
    SCOPES[rights.scope],
    `\`${method.toUpperCase()} ${path}\``,
    ...ROLES.map((role) => mark(mayCall(rights, role))),
    mark(mayCall(rights, 'phone')),
    mark(rights.roles === 'anyone'),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `# Who may do what\n\nGenerated from the routes; change it there.\n\n${lines.join('\n')}\n`;
}

function rowsOf(api: Api): readonly Row[] {
  const rows = api.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, 'x-rights': rights } = definition.route;
    return [{ method, path, rights: rights as Rights }];
  });
  const sortKey = ({ path, method }: Row) => `${path} ${method}`;
  return rows.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

function mark(may: boolean): string {
  return may ? 'yes' : '–';
}
