import type { Actor } from '../../src/kernel/brand.ts';
import { sql } from '../../src/kernel/db.ts';
import type { Due, DueWindow } from '../../src/kernel/due.ts';
import type { Role } from '../../src/kernel/http.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { duesOf } from '../../src/modules/casefile/dues.actions.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import { openPoint } from '../../src/modules/point/point.actions.ts';
import { filesIn, mail } from '../support/mails.ts';
import { type SeededChance, seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Json, type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const ALEX_ID = '00000000-0000-7000-8000-00000000a1e0';
const MIRA_ID = '00000000-0000-7000-8000-000000000312';
export const ALEX = `member:${ALEX_ID}` as Actor;
export const MIRA = `member:${MIRA_ID}` as Actor;

export type Answer = { readonly status: number; readonly body: Json };

/** A small firm with three correspondents, one mail from each and one to Orlov. */
export type Firm = {
  readonly app: TestApp;
  readonly chance: SeededChance;
  readonly orlov: string;
  readonly virtanen: string;
  readonly bank: string;
  readonly letters: Readonly<Record<'orlov' | 'virtanen' | 'bank' | 'ours', string>>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  readonly put: (path: string, body: unknown) => Promise<Answer>;
  readonly dues: (window: DueWindow) => Promise<readonly Due[]>;
  /** Makes a point of words that a party wrote. */
  readonly point: (
    party: string,
    letter: string,
    quote: string,
  ) => Promise<{ readonly id: string; readonly number: number }>;
  readonly addMember: (actor: Actor, name: string, role: Role) => Promise<void>;
};

/** What Orlov wrote: two things that are asked, and what he wants. */
const ORLOV_WROTE =
  'The login does not work since Monday. You never told me about line 4. I want 400 euros back by Friday.';

export async function firm(): Promise<Firm> {
  const database = await testDatabase();
  const chance = seededChance('firm');
  const app = await testApp(database, { chance });
  const me = 'me@firm.example';
  const from = (name: string, body: string, day: number) =>
    mail({
      from: `${name} <${name.toLowerCase()}@client.example>`,
      to: me,
      subject: `From ${name}`,
      date: `Tue, ${day} May 2026 09:14:00 +0300`,
      body,
    });
  const folder = filesIn(temporaryFolder(), {
    '1.eml': from('Orlov', ORLOV_WROTE, 5),
    '2.eml': from('Virtanen', 'The invoice was paid in April.', 5),
    '3.eml': from('Bank', 'The transfer arrived on 30 April.', 5),
    '4.eml': mail({
      from: `Me <${me}>`,
      to: 'orlov@client.example',
      subject: 'The login',
      date: 'Tue, 5 May 2026 10:02:00 +0300',
      body: 'The login is in line 4.',
    }),
  });
  await app.bringIn({ paths: [folder], me: [me] });
  const party = async (name: string) =>
    (await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${name.toLowerCase()}@client.example`)).id;
  const send = (method: string) => async (path: string, body: unknown) => {
    const response = await app.call(method, path, body);
    return { status: response.status, body: (await response.json()) as Json };
  };
  const [orlov, virtanen, bank] = [await party('Orlov'), await party('Virtanen'), await party('Bank')];
  return {
    app,
    chance,
    orlov,
    virtanen,
    bank,
    letters: {
      orlov: await letterOf(app, orlov, 'inbound'),
      virtanen: await letterOf(app, virtanen, 'inbound'),
      bank: await letterOf(app, bank, 'inbound'),
      ours: await letterOf(app, orlov, 'outbound'),
    },
    post: send('POST'),
    put: send('PUT'),
    dues: (window) => duesOf(app.ledger.db, app.ledger.workspaceId, window),
    point: (partyId, letter, quote) => pointOf(app, partyId, letter, quote),
    addMember: (actor, name, role) => addMember(app, actor, name, role),
  };
}

/** Words of Orlov's mail, with where they stand. */
export function cite(interactionId: string, quote: string, text = ORLOV_WROTE) {
  const start = text.indexOf(quote);
  return { interactionId, start, end: start + quote.length, quote };
}

async function pointOf({ ledger }: TestApp, partyId: string, letter: string, quote: string) {
  const text = quote.endsWith('April.') ? quote : ORLOV_WROTE;
  const wish = {
    kind: 'complaint',
    title: quote,
    cite: cite(letter, quote, text),
    expected: null,
    aboutId: null,
  } as const;
  const made = await openPoint(ledger, LOCAL_OWNER, partyId, wish);
  if (!made.ok) throw new Error(made.reason);
  return made.value;
}

async function letterOf(app: TestApp, party: string, direction: string): Promise<string> {
  const page = await app.ask<{ items: { id: string }[] }>(
    'GET',
    `/api/parties/${party}/timeline?direction=${direction}`,
  );
  return page.items[0]!.id;
}

async function addMember({ ledger }: TestApp, actor: Actor, name: string, role: Role): Promise<void> {
  const id = actor.slice('member:'.length);
  await sql`
    INSERT INTO members (workspace_id, id, user_id, name, role, created_at)
    VALUES (${ledger.workspaceId}, ${id}, ${id}, ${name}, ${role}, ${'2026-05-01T00:00:00.000Z' as Instant})`.execute(
    ledger.db,
  );
}

/** A complaint as the API tells it. */
export type Complaint = Readonly<Record<string, unknown>> & {
  number: string;
  points: { pointId: string; outcome: string | null }[];
  steps: { kind: string }[];
};
