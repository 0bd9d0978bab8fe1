import type { Page } from 'playwright-core';

/** Asks the program something as the page could, with its session. */
export type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function asking(page: Page): Ask {
  return async <T>(method: string, path: string, body?: unknown) => {
    const answer = await page.evaluate(
      async ([how, where, what]) => {
        const headers = { 'content-type': 'application/json' };
        const given = what === null ? {} : { headers, body: JSON.stringify(what) };
        const response = await fetch(where, { method: how, ...given });
        return { ok: response.ok, text: await response.text() };
      },
      [method, path, body ?? null] as [string, string, unknown],
    );
    if (!answer.ok) throw new Error(`${method} ${path} was refused: ${answer.text}`);
    return JSON.parse(answer.text) as T;
  };
}

type Kinded = { readonly kind: string };
type Items<T> = { readonly items: readonly T[] };
type Steps = { readonly steps: readonly Kinded[] };
type Run = {
  readonly steps: readonly { readonly visits: readonly { readonly done: unknown }[] }[];
  readonly letters: readonly { readonly handedOverAt: string | null }[];
};

/** Every entry about a client that some history of theirs shows, by its kind. */
export async function entriesOf(ask: Ask, party: string): Promise<readonly string[]> {
  const all = await Promise.all([
    ask<Items<Kinded>>('GET', `/api/parties/${party}/agreement-steps?limit=100`).then(({ items }) =>
      items.map(kindOf),
    ),
    pointEntries(ask, party),
    promiseEntries(ask, party),
    complaintEntries(ask, party),
    procedureEntries(ask, party),
    noted(ask, party),
  ]);
  return all.flat();
}

const kindOf = ({ kind }: Kinded) => kind;

async function pointEntries(ask: Ask, party: string): Promise<readonly string[]> {
  const { items } = await ask<Items<{ number: number }>>('GET', `/api/parties/${party}/points`);
  type Point = { steps: { step: string }[] };
  const points = await Promise.all(
    items.map(({ number }) => ask<Point>('GET', `/api/parties/${party}/points/${number}`)),
  );
  return points.flatMap(({ steps }) => steps.map(({ step }) => `point.${step}`));
}

async function promiseEntries(ask: Ask, party: string): Promise<readonly string[]> {
  type Promises = { commitments: Steps[]; offers: Steps[] };
  const { commitments, offers } = await ask<Promises>('GET', `/api/parties/${party}/promises`);
  return [...commitments, ...offers].flatMap(({ steps }) => steps.map(kindOf));
}

async function complaintEntries(ask: Ask, party: string): Promise<readonly string[]> {
  const { items } = await ask<Items<{ id: string }>>('GET', `/api/complaints?party=${party}`);
  const all = await Promise.all(items.map(({ id }) => ask<Steps>('GET', `/api/complaints/${id}`)));
  return all.flatMap(({ steps }) => steps.map(kindOf));
}

async function procedureEntries(ask: Ask, party: string): Promise<readonly string[]> {
  const { items } = await ask<Items<{ id: string }>>('GET', `/api/procedures?party=${party}`);
  const runs = await Promise.all(items.map(({ id }) => ask<Run>('GET', `/api/procedures/${id}`)));
  return runs.flatMap(({ steps, letters }) => [
    'procedure.started',
    ...steps.flatMap(({ visits }) =>
      visits.flatMap(({ done }) => ['procedure.step-entered', ...(done ? ['procedure.step-done'] : [])]),
    ),
    ...letters.flatMap(({ handedOverAt }) => [
      'procedure.letter-finished',
      ...(handedOverAt ? ['procedure.letter-handed-over'] : []),
    ]),
  ]);
}

/** Calls, notes and letters that were written down by hand. */
async function noted(ask: Ask, party: string): Promise<readonly string[]> {
  type Row = { noted: unknown };
  const { items } = await ask<Items<Row>>('GET', `/api/parties/${party}/timeline?limit=100`);
  return items.filter((row) => row.noted !== null).map(() => 'interaction.noted');
}
