import { csvOf } from '../casefile/csv.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { Person } from '../interaction/reading.ts';
import { markReason } from './apart.ts';
import type { Gathered } from './gather.actions.ts';

const HEAD = [
  'No.',
  'Log entry',
  'Date (UTC)',
  'Kind',
  'From',
  'To',
  'Privilege',
  'Basis',
  'What became of it',
];
type Plan = {
  readonly gathered: Gathered;
  readonly exhibited: ReadonlySet<string>;
  /** The name of ours that stands on the bundle: our own side is told by it. */
  readonly carries: string;
};

const NAMES = {
  counsel: 'words with counsel',
  preparation: 'made ready for a dispute',
  'without-prejudice': 'without prejudice',
} as const;

/**
 * The list of what is kept back as privileged or without prejudice: place in the log, date, kind, who to whom, on what it
 * rests. Never a subject, never a word of it. What was waived is in the list too, with that.
 */
export function privilegeLogOf(plan: Plan): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  const { gathered } = plan;
  const listed = gathered.sources.filter(
    ({ id, isFiled }) =>
      isFiled && (gathered.apart.privileges.has(id) || gathered.withoutPrejudice.interactions.has(id)),
  );
  if (listed.length === 0) return [];
  const rows = listed.map((source, i) => [i + 1, ...rowOf(plan, source)]);
  return [{ path: 'privilege-log.csv', bytes: Buffer.from(csvOf([HEAD, ...rows])) }];
}

function rowOf(
  { gathered: { apart, recorded }, exhibited, carries }: Plan,
  { id, at, kind, direction, recordId, participants }: ExhibitSource,
): readonly (string | number)[] {
  const mark = apart.privileges.get(id);
  const copy = apart.copies.get(id);
  return [
    copy ? copy.originalIndex : recorded.get(recordId)!.index,
    at,
    kind,
    direction === 'inbound' ? people(participants.from) : carries,
    direction === 'inbound' ? carries : people([...participants.to, ...participants.cc]),
    NAMES[mark?.kind ?? 'without-prejudice'],
    mark?.basis ?? 'an offer without prejudice stands in it',
    treatmentOf(exhibited.has(id), mark?.waived?.at ?? null, markReason(apart, id) !== null || !mark),
  ];
}

function treatmentOf(isExhibited: boolean, waivedAt: string | null, isApart: boolean): string {
  if (isApart || waivedAt === null) return 'kept back';
  return `waived on ${waivedAt.slice(0, 10)}, ${isExhibited ? 'exhibited' : 'not picked'}`;
}

function people(list: readonly Person[]): string {
  return list
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : (name ?? address ?? '')))
    .join('; ');
}
