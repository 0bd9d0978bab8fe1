import { setTimeout as wait } from 'node:timers/promises';
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
import { grouped, type Output } from './output.ts';
import { partyId } from './search.ts';

type Line = {
  id: string;
  at: string;
  from: string | null;
  subject: string | null;
  lead: string;
  parties: string[];
};
type Preview = {
  name: string;
  record: Line | null;
  records: number;
  entries: number;
  objects: number;
  first: string | null;
  last: string | null;
  beside: { room: string; count: number }[];
  shared: Line[];
  sharedCount: number;
  runsThatStay: number;
  holds: { id: string; reason: string; reviewAt: string | null }[];
};
type Erasing = {
  state: 'erased' | 'waiting' | 'refused';
  id: string;
  entries?: number;
  until?: string | null;
  holds?: string[];
  reviewAt?: string | null;
};
type Going = { now: { phase: string; done: number; of: number } | null };
type Values = Given['values'];

const LOOK_MS = 500;

const GROUNDS: readonly string[] = ['asked', 'time-over', 'not-ours', 'other'];

export const eraseCommand: Command = {
  forms: [
    {
      usage: 'erase --client NAME|--record ID --preview [--json]',
      says: 'what would go and what would stay; nothing is changed',
    },
    {
      usage: 'erase --client NAME|--record ID --reason TEXT --yes [--ground WORD] [--also ID…] [--json]',
      says: 'erase for good, with a receipt: with a second person, or alone after a day; never under a hold',
    },
  ],
  options: {
    client: { type: 'string', value: 'NAME', says: 'name, address or id of the client' },
    record: { type: 'string', value: 'ID', says: 'id of one record, as search prints it' },
    preview: { type: 'boolean', says: 'only say what would go' },
    reason: { type: 'string', value: 'TEXT', says: 'why; it stays, so it may not name them' },
    ground: {
      type: 'string',
      value: 'GROUND',
      says: 'asked (default), time-over, not-ours or other',
    },
    also: {
      type: 'string',
      multiple: true,
      value: 'ID',
      says: 'records that others are in too and that go as well',
    },
    yes: { type: 'boolean', says: 'you have seen the preview and mean it' },
    second: { type: 'string', value: 'NAME', says: 'somebody outside who has looked' },
    proof: { type: 'string', value: 'ID', says: 'id of their mail that shows it' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 0,
  async run(given, around) {
    check(given.values);
    const client = await around.connect();
    try {
      return await run(client, given.values, around);
    } finally {
      await client.close();
    }
  },
};

/** Reads the arguments before a data folder is opened. @throws UsageError when they cannot be used */
function check({ client, record, preview, reason, ground, yes, second, proof }: Values): void {
  if ((client === undefined) === (record === undefined))
    throw new UsageError('erase needs to know what: one of --client or --record');
  if (ground !== undefined && !GROUNDS.includes(String(ground)))
    throw new UsageError(`--ground is one of ${GROUNDS.join(', ')}`);
  if ((second === undefined) !== (proof === undefined))
    throw new UsageError('--second and --proof go together');
  if (preview) return;
  if ((textOf(reason) ?? '').trim() === '') throw new UsageError('erase needs a --reason');
  if (!yes) throw new UsageError('erasing cannot be taken back: look at it with --preview, then say --yes');
}

async function run({ call }: Client, values: Values, { out }: Surroundings): Promise<ExitCode> {
  const client = textOf(values.client);
  const what = {
    scope: client === null ? 'record' : 'party',
    subject: client === null ? textOf(values.record) : await partyId(call, client),
    also: Array.isArray(values.also) ? values.also : [],
  };
  if (values.preview) return preview(call, what, values, out);
  const name = textOf(values.second);
  const body = {
    ...what,
    ground: textOf(values.ground) ?? 'asked',
    reason: textOf(values.reason),
    outsider: name === null ? null : { name, proof: textOf(values.proof) },
  };
  try {
    const erasing = call('POST', '/api/erasures', body);
    const done = (await (await tellingHowFar(call, out, erasing)).json()) as Erasing;
    out.result(values.json ? JSON.stringify(done) : textOfErasing(done));
    return done.state === 'refused' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'wait-needed') throw error;
    out.message(
      `The day of waiting is not over: it may be erased from ${minuteOf(String(error.params.until))}. Nothing was erased.`,
    );
    return 2;
  }
}

/** Says how far it is for as long as it goes on. */
async function tellingHowFar<T>(call: Client['call'], out: Output, erasing: Promise<T>): Promise<T> {
  const over = new AbortController();
  const telling = tell(call, out, over.signal);
  try {
    return await erasing;
  } finally {
    over.abort();
    await telling;
  }
}

/** What cannot be told is left out: the erasure goes on, and says itself how it ended. */
async function tell(call: Client['call'], out: Output, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted) {
      const { now } = (await (await call('GET', '/api/erasures/now')).json()) as Going;
      if (now && !signal.aborted) out.progress(textOfPhase(now));
      await wait(LOOK_MS, null, { signal });
    }
  } catch {
    // Ended, or not to be asked.
  }
}

const PHASES: Readonly<Record<string, string>> = {
  waiting: 'Waiting until nothing is being brought in',
  looking: 'Looking for all that goes',
  keys: 'Overwriting keys',
  rows: 'Taking out what was read of it',
  files: 'Writing tables anew',
  receipt: 'Writing the receipt',
};

function textOfPhase({ phase, done, of }: NonNullable<Going['now']>): string {
  return `${PHASES[phase] ?? phase}${of > 0 ? `, ${grouped(done)} of ${grouped(of)}` : ''}`;
}

async function preview(call: Client['call'], what: object, values: Values, out: Output): Promise<ExitCode> {
  const look = (await (await call('POST', '/api/erasures/preview', what)).json()) as Preview;
  out.result(values.json ? JSON.stringify(look) : textOfPreview(look));
  return 0;
}

function textOfPreview(look: Preview): string {
  const span = look.first && look.last ? `, ${look.first.slice(0, 10)} to ${look.last.slice(0, 10)}` : '';
  const beside = look.beside.map(({ room, count }) => `${count} × ${room}`).join(', ');
  return [
    `Goes: ${look.records} records${span}; ${look.entries} entries of the log, ${look.objects} originals and files.`,
    ...(beside ? [`With them: ${beside}.`] : []),
    ...(look.sharedCount > 0
      ? [`Stays, because others are in it too (choose with --also): ${look.sharedCount}`]
      : []),
    ...look.shared.map(
      (one) => `  ${one.id}  ${one.at.slice(0, 10)}  ${one.parties.join(', ')}  ${one.subject ?? one.lead}`,
    ),
    ...(look.runsThatStay > 0
      ? [`Stays: what ${look.runsThatStay} imports say of their files, by file name.`]
      : []),
    'Stays: the places and numbers in the log, the receipt, bundles already handed over, and backups until they expire.',
    ...look.holds.map((hold) => `Held (${hold.id}): ${hold.reason}. Nothing may be erased under it.`),
  ].join('\n');
}

function textOfErasing({ state, id, entries, until, holds, reviewAt }: Erasing): string {
  if (state === 'erased')
    return `Erased: ${entries} entries of the log say no more what they said. Receipt ${id}. Old backups still hold it until you delete them.`;
  if (state === 'refused')
    return `Not erased: held by ${(holds ?? []).join(', ')}${reviewAt ? `, looked at again ${reviewAt.slice(0, 10)}` : ''}. The refusal is in the record: ${id}.`;
  return until
    ? `Written down. Nothing was erased yet: ask again from ${minuteOf(until)}.`
    : 'Written down. Nothing was erased yet: another member has to do it.';
}

/** In UTC, and says so: whoever reads it may be elsewhere. */
function minuteOf(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
