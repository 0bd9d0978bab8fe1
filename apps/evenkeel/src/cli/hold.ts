import { type Client, Refused } from './client.ts';
import {
  type Command,
  DATA_OPTION,
  type ExitCode,
  type Given,
  JSON_OPTION,
  type Surroundings,
  textOf,
  UsageError,
} from './command.ts';
import type { Output } from './output.ts';
import { partyId } from './search.ts';

type Hold = {
  id: string;
  scope: 'party' | 'case' | 'workspace';
  partyName: string | null;
  caseTitle: string | null;
  reason: string;
  custodian: string;
  since: string;
  reviewAt: string | null;
  asked: { until: string | null } | null;
  released: { at: string } | null;
};
type Releasing = { state: 'released' | 'waiting'; until: string | null };
type Values = Given['values'];

export const holdCommand: Command = {
  forms: [
    {
      usage: 'hold list [--client NAME] [--case ID] [--all] [--json]',
      says: 'legal holds in force, or all there ever were: nothing under one may be erased',
    },
    {
      usage:
        'hold set --client NAME|--case ID|--everything --reason TEXT [--custodian NAME] [--review DATE] [--json]',
      says: 'hold what is filed under a client, belongs to a case, or everything',
    },
    {
      usage: 'hold release ID --reason TEXT [--second NAME --proof ID] [--json]',
      says: 'release one: with somebody outside whose mail shows it, or alone after a reason and a day',
    },
  ],
  options: {
    client: { type: 'string', value: 'NAME', says: 'name, address or id of the client' },
    case: { type: 'string', value: 'ID', says: 'id of the case' },
    everything: { type: 'boolean', says: 'hold the whole workspace' },
    reason: { type: 'string', value: 'TEXT', says: 'why; it is part of the record' },
    custodian: { type: 'string', value: 'NAME', says: 'who answers for what is held (default: you)' },
    review: {
      type: 'string',
      value: 'DATE',
      says: 'day on which to look whether it is still needed, 2026-09-01',
    },
    second: { type: 'string', value: 'NAME', says: 'somebody outside who has looked' },
    proof: { type: 'string', value: 'ID', says: 'id of their mail that shows it, as search prints it' },
    all: { type: 'boolean', says: 'also those that were released' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 2,
  async run(given, around) {
    const run = prepared(given);
    const client = await around.connect();
    try {
      return await run(client, around);
    } finally {
      await client.close();
    }
  },
};

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Run = (client: Client, around: Surroundings) => Promise<ExitCode>;

/** Reads the arguments before a data folder is opened. @throws UsageError when they cannot be used */
function prepared({ values, words: [what, id] }: Given): Run {
  switch (what) {
    case 'list':
      if (id !== undefined) throw new UsageError(`hold list takes no "${id}"`);
      return (client, { out }) => list(client, values, out);
    case 'set':
      if (id !== undefined) throw new UsageError(`hold set takes no "${id}"`);
      checkScope(values);
      needReason(values, 'set');
      return (client, { out }) => set(client, values, out);
    case 'release':
      if (id === undefined) throw new UsageError('hold release needs the id that hold list prints');
      if (!ID.test(id)) throw new UsageError(`"${id}" is no id as hold list prints them`);
      needReason(values, 'release');
      if ((values.second === undefined) !== (values.proof === undefined))
        throw new UsageError('--second and --proof go together');
      return (client, { out }) => release(client, id, values, out);
    default:
      throw new UsageError('hold needs to know what: list, set or release');
  }
}

function checkScope({ client, case: caseId, everything }: Values): void {
  const given = [client, caseId, everything].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new UsageError('hold set needs to know what is held: one of --client, --case or --everything');
}

function needReason(values: Values, what: string): void {
  if ((textOf(values.reason) ?? '').trim() === '') throw new UsageError(`hold ${what} needs a --reason`);
}

async function list({ call }: Client, values: Values, out: Output): Promise<ExitCode> {
  const query = new URLSearchParams({ released: values.all ? 'shown' : 'hidden' });
  const client = textOf(values.client);
  const caseId = textOf(values.case);
  if (client !== null) query.set('party', await partyId(call, client));
  if (caseId !== null) query.set('case', caseId);
  const { items } = (await (await call('GET', `/api/holds?${query}`)).json()) as { items: Hold[] };
  for (const hold of items) out.result(values.json ? JSON.stringify(hold) : lineOf(hold));
  if (items.length === 0 && !values.json) out.message('Nothing is held.');
  return 0;
}

function lineOf(hold: Hold): string {
  const over = { party: hold.partyName, case: hold.caseTitle, workspace: 'everything' }[hold.scope];
  const state = [
    hold.released && `released ${dayOf(hold.released.at)}`,
    !hold.released && hold.asked?.until && `may be released alone from ${minuteOf(hold.asked.until)}`,
    !hold.released && hold.reviewAt && `look again ${dayOf(hold.reviewAt)}`,
  ].filter((each) => each);
  const more = state.length > 0 ? `  (${state.join(', ')})` : '';
  return `${hold.id}  ${over}, since ${dayOf(hold.since)}, ${hold.custodian}${more}\n    ${hold.reason}`;
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** In UTC, and says so: whoever reads it may be elsewhere. */
function minuteOf(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

async function set({ call }: Client, values: Values, out: Output): Promise<ExitCode> {
  const client = textOf(values.client);
  const caseId = textOf(values.case);
  const body = {
    scope: client !== null ? 'party' : caseId !== null ? 'case' : 'workspace',
    party: client === null ? null : await partyId(call, client),
    case: caseId,
    reason: textOf(values.reason),
    custodian: textOf(values.custodian),
    reviewOn: textOf(values.review),
  };
  const made = (await (await call('POST', '/api/holds', body)).json()) as { id: string };
  out.result(values.json ? JSON.stringify(made) : `Held: ${made.id}`);
  return 0;
}

async function release({ call }: Client, id: string, values: Values, out: Output): Promise<ExitCode> {
  const name = textOf(values.second);
  const outsider = name === null ? null : { name, proof: textOf(values.proof) };
  try {
    const answer = await call('POST', `/api/holds/${encodeURIComponent(id)}/release`, {
      reason: textOf(values.reason),
      outsider,
    });
    const done = (await answer.json()) as Releasing;
    out.result(values.json ? JSON.stringify(done) : releasedText(done));
    return 0;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'wait-needed') throw error;
    out.message(
      `It is held until ${minuteOf(String(error.params.until))}: the day of waiting is not over. Nothing was changed. Release it then, or name somebody outside with --second and --proof.`,
    );
    return 2;
  }
}

function releasedText({ state, until }: Releasing): string {
  if (state === 'released') return 'Released.';
  return until === null
    ? 'Written down. It is held until another member releases it.'
    : `Written down, as nobody else has looked. It is held until you release it again, from ${minuteOf(until)}.`;
}
