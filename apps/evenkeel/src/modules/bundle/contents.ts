import { type Instant, type Stated, withOffset } from '../../kernel/instant.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { Person } from '../interaction/reading.ts';
import { batesOf } from './bundle.ts';
import type { Chronology, ChronologyEntry } from './chronology.ts';
import type { Gathered } from './gather.actions.ts';

type Plan = {
  readonly head: { readonly note: string; readonly size: number };
  readonly gathered: Gathered;
  readonly zone: string;
  readonly party: string;
  readonly workspace: string;
  readonly createdAt: Instant;
  readonly vkey: string;
  readonly numbers: ReadonlyMap<string, number>;
  /** The interactions whose native files are in the bundle. */
  readonly exhibited: ReadonlySet<string>;
  /** Whether a person picked them, or all are in. */
  readonly isPicked: boolean;
};

const LATE_AFTER_MS = 24 * 3600 * 1000;
const TIMES = [
  ['sent', 'Sent, as stated by the sender'],
  ['received', 'Received, as stated by a mail server'],
  ['exported', 'File written, as stated by the file system'],
  ['recorded', 'Recorded here'],
] as const;

/** The words of the printed part: page 1, the exhibits that were picked, then everything in order of time. */
export function chronologyOf(plan: Plan): Chronology {
  const { gathered, exhibited } = plan;
  const filed = gathered.sources.filter((source) => source.isFiled);
  const entries = filed.map((source) => entryOf(plan, source));
  const times = filed.map((source) => source.at);
  const withheld = filed.length - exhibited.size;
  const counts: [string, number][] = [
    ['Records in this chronology', filed.length],
    ['With their native file', exhibited.size],
    ['Received from them', filed.filter((source) => source.direction === 'inbound').length],
    ['Sent by us', filed.filter((source) => source.direction === 'outbound').length],
    ['Attachments', filed.reduce((sum, source) => sum + source.attachments.length, 0)],
  ];
  return {
    title: 'Chronology of correspondence',
    workspace: plan.workspace,
    party: plan.party,
    zone: plan.zone,
    createdAt: plan.createdAt,
    period: { from: times[0] ?? null, to: times.at(-1) ?? null },
    counts: counts.map(([label, count]) => ({ label, value: String(count) })),
    missing: missingOf(gathered, withheld),
    howToCheck: [
      'Integrity: “evenkeel bundle verify FILE.zip --log-key KEY” on any machine, without network; README.txt shows the same by hand with sha256sum and openssl. Ask for the key by another road than this bundle.',
      'Time bounds: none: no outside anchor. The times below are what senders, servers, files and this program stated.',
      'Completeness: every number of this client’s stream is accounted for in the bundle as exhibit, kept back or erased. What was never filed under this client is outside this proof.',
    ],
    checkpoint: plan.head.note,
    vkey: plan.vkey,
    exhibits: plan.isPicked ? entries.filter((entry) => entry.bates !== null) : [],
    entries,
  };
}

function missingOf({ sources, stream }: Gathered, withheld: number): string[] {
  const erased = stream.entries.filter((entry) => entry.fact === 'erased').length;
  const unfiled = sources.filter((source) => !source.isFiled).length;
  const undated = sources.filter((source) => source.isFiled && !source.times.sent).length;
  const lines = [
    withheld > 0
      ? `${withheld} records are listed without their content: they were not picked as exhibits.`
      : '',
    erased > 0 ? `${erased} records were erased; their places in the log remain.` : '',
    unfiled > 0
      ? `${unfiled} records were once filed under this client and are not any more; their content is kept back.`
      : '',
    undated > 0
      ? `${undated} records state no readable time of sending; they stand at the best other time known.`
      : '',
    'Messages, calls and meetings outside the channels that were brought into this record.',
  ];
  return lines.filter((line) => line !== '');
}

function entryOf(plan: Plan, source: ExhibitSource): ChronologyEntry {
  const number = plan.numbers.get(source.id);
  const isShown = plan.exhibited.has(source.id);
  const { times, participants } = source;
  const best = times.sent ?? times.received ?? times.exported;
  return {
    bates: number === undefined || !isShown ? null : batesOf(number),
    at: best && best.offsetMin !== null ? withOffset(best.at, best.offsetMin) : null,
    atUtc: source.at,
    zoneShown: inZone(source.at, plan.zone),
    kind: source.kind,
    direction: source.direction,
    from: people(participants.from),
    to: people([...participants.to, ...participants.cc]),
    subject: isShown ? (source.subject ?? '') : '(content kept back)',
    text: isShown ? source.text : '',
    attachments: isShown
      ? source.attachments.map(({ name, sizeBytes, sha256 }) => ({
          name: name ?? '(no name)',
          sizeBytes,
          sha256,
        }))
      : [],
    sha256: source.sha256,
    index: plan.gathered.recorded.get(source.recordId)!.index,
    issues: isShown ? source.issues.map((issue) => issue.message) : [],
    sources: TIMES.flatMap(([key, label]) => (times[key] ? [`${label}: ${statedText(times[key])}`] : [])),
    lateBy: lateBy(source),
  };
}

function people(list: readonly Person[]): string {
  return list
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : (name ?? address ?? '')))
    .join(', ');
}

function statedText({ at, offsetMin, certainty }: Stated): string {
  const text = offsetMin === null ? `${at} (zone not stated)` : withOffset(at, offsetMin);
  return certainty === 'guessed' ? `${text}, uncertain` : text;
}

/** How long after the stated time something was entered here, in whole days; null within a day. */
function lateBy({ times }: ExhibitSource): string | null {
  if (!times.sent) return null;
  const lateMs = Date.parse(times.recorded.at) - Date.parse(times.sent.at);
  return lateMs < LATE_AFTER_MS ? null : `${Math.floor(lateMs / LATE_AFTER_MS)} days`;
}

function inZone(at: Instant, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return `${format.format(new Date(at))} (${zone})`;
}
