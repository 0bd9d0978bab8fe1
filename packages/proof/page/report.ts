import type { Manifest } from '../src/bundle-format.ts';
import type { IntegrityFailure, StreamReport, TimeReport, VerifyReport } from '../src/verify-report.ts';
import type { RefusalCode } from './checking.ts';
import { element, exact, foreign } from './dom.ts';
import type { Codes, Words } from './words.en.ts';
import { filled, type Speech } from './words.ts';

/** What came out, and how it was looked at. */
export type Outcome = {
  readonly name: string;
  readonly seconds: number;
  /** Files of the system's own that were passed over in a folder. */
  readonly leftOut: number;
} & (
  | { readonly report: VerifyReport; readonly manifest: Manifest | null }
  | { readonly refused: RefusalCode; readonly message: string }
);

type Verdict = 'holds' | 'fails' | 'open';

const MOST_SHOWN = 100;

/** The result as elements: three verdicts, each in words with its reason, and never one for all. */
export function reportOf(outcome: Outcome, { words, codes }: Speech): DocumentFragment {
  const page = document.createDocumentFragment();
  page.append(element('h2', '', ...around(words.resultOf, foreign(outcome.name))));
  if ('refused' in outcome) {
    page.append(refusalOf(outcome.refused, outcome.message, { words, codes }));
    return page;
  }
  const { report, manifest } = outcome;
  page.append(
    unchanged(report, words, codes),
    when(report.time, words, codes),
    complete(report, words, codes),
    ...(manifest === null ? [] : [claims(manifest, report.integrity.ok, words)]),
    sheet('', words.not, element('p', '', words.notWhy)),
    element('p', 'quiet', filled(words.checkedIn, { seconds: outcome.seconds.toFixed(1) })),
    ...(outcome.leftOut > 0
      ? [element('p', 'quiet', filled(words.leftOut, { count: outcome.leftOut }))]
      : []),
    forPrograms(report, words),
  );
  return page;
}

function refusalOf(code: RefusalCode, message: string, { words, codes }: Speech): HTMLElement {
  const said = element('p', 'quiet', `${words.refusedSays}: `, foreign(message), ` (${code})`);
  return sheet(
    'verdict fails',
    words.refusedTitle,
    element('p', 'says', codes[code as keyof Codes] ?? message),
    said,
  );
}

function unchanged({ integrity }: VerifyReport, words: Words, codes: Codes): HTMLElement {
  const { ok, key, keyExpected, keyChanges, heads, failures } = integrity;
  const agrees = keyExpected ? words.unchangedExpected : words.unchangedItself;
  const says = ok ? agrees : filled(words.unchangedNot, { count: failures.length });
  const why = ok ? (keyExpected ? '' : words.unchangedItselfWhy) : words.unchangedNotWhy;
  const compared = keyExpected === null ? words.keyOpen : keyExpected ? words.keySame : words.keyOther;
  const keyLine = element('p', '', `${words.keyIn}: `);
  if (key === null) keyLine.append(words.keyNone);
  else keyLine.append(exact(key), ` — ${compared}`);
  const verdict: Verdict = !ok ? 'fails' : keyExpected ? 'holds' : 'open';
  const changes = keyChanges.map(({ index, to }) =>
    element('p', '', `${filled(words.keyChanged, { index })} `, exact(to)),
  );
  const kept = heads.map(({ size, agrees }) => {
    const said = agrees === null ? words.headLater : agrees ? words.headAgrees : words.headNot;
    return element('p', '', filled(said, { size }));
  });
  const body = [why, faults(failures, words, codes), keyLine, ...changes, ...kept];
  return verdictSheet(verdict, words.unchanged, says, body);
}

function when(time: TimeReport, words: Words, codes: Codes): HTMLElement {
  const { ok, anchors, failures } = time;
  const body = [
    faults(failures, words, codes),
    anchors.length > 0 ? stamps(time, words) : null,
    ...outside(time, words),
  ];
  if (ok === false)
    return verdictSheet('fails', words.when, filled(words.whenNot, { count: failures.length }), body);
  if (ok) return verdictSheet('holds', words.when, boundsOf(time, words), [words.whenBoundWhy, ...body]);
  if (anchors.length === 0)
    return verdictSheet('open', words.when, words.whenNone, [words.whenNoneWhy, ...body]);
  const says = filled(words.whenOpen, { count: anchors.length });
  return verdictSheet('open', words.when, says, [words.whenOpenWhy, ...body]);
}

function boundsOf({ notEarlierThan, notLaterThan }: TimeReport, words: Words): string {
  const from = moment(notEarlierThan);
  const to = moment(notLaterThan);
  if (from !== null && to !== null) return filled(words.whenBetween, { from, to });
  if (to !== null) return filled(words.whenLater, { to });
  return from !== null ? filled(words.whenEarlier, { from }) : words.whenUnbounded;
}

function stamps({ anchors }: TimeReport, words: Words): HTMLElement {
  const rows = anchors
    .slice(0, MOST_SHOWN)
    .map(({ stampedAt, authority, size }) => [moment(stampedAt)!, foreign(authority), String(size)]);
  return tableOf([words.stampedAt, words.stampedBy, words.stampedSize], rows);
}

/** What else was said outside: it bounds nothing here, and can be compared elsewhere. */
function outside({ cosignatures, blocks, quorum }: TimeReport, words: Words): readonly HTMLElement[] {
  const witnesses = cosignatures.slice(0, MOST_SHOWN).map(({ name, size, cosignedAt, isTrusted }) => {
    const said = isTrusted ? words.witnessTrusted : words.witnessed;
    return element('p', '', `${filled(said, { size, at: moment(cosignedAt)! })} `, exact(name));
  });
  const inBlocks = blocks.slice(0, MOST_SHOWN).flatMap(({ size, height, merkleRoot }) => {
    if (height === null) return [];
    return [element('p', '', `${filled(words.inBlock, { size, height })} `, exact(merkleRoot ?? ''))];
  });
  return [...quorumOf(quorum, words), ...witnesses, ...inBlocks];
}

function quorumOf(quorum: TimeReport['quorum'], words: Words): readonly HTMLElement[] {
  if (quorum === null) return [];
  const { isReached, size } = quorum;
  const said = isReached ? words.quorumYes : size === null ? words.quorumNo : words.quorumPart;
  return [element('p', '', filled(said, { size: size ?? 0 }))];
}

function complete({ completeness }: VerifyReport, words: Words, codes: Codes): HTMLElement {
  const { ok, streams } = completeness;
  if (ok === null) return verdictSheet('open', words.complete, words.completeNone, []);
  const gaps = streams.flatMap(({ gaps: found }) => found);
  const missing = streams.reduce((sum, stream) => sum + stream.missing, 0);
  const lines = gaps.map(({ seq, code }) =>
    element('li', '', `${filled(words.number, { number: seq })}: ${codes[code]} (${code})`),
  );
  const body = [ok ? words.completeYesWhy : null, numbersOf(streams, words), listOf(lines, words)];
  const says = ok ? words.completeYes : filled(words.completeNo, { count: Math.max(missing, gaps.length) });
  return verdictSheet(ok ? 'holds' : 'fails', words.complete, says, body);
}

function numbersOf(streams: readonly StreamReport[], words: Words): HTMLElement {
  const list = element('dl', '');
  for (const { first, last, exhibited, withheld, erased, missing } of streams)
    for (const [name, value] of [
      [words.numbers, `${first}–${last}`],
      [words.exhibited, String(exhibited)],
      [words.withheld, String(withheld)],
      [words.erased, String(erased)],
      [words.missing, String(missing)],
    ] as const)
      list.append(element('dt', '', name), element('dd', '', value));
  return list;
}

function claims(manifest: Manifest, holds: boolean, words: Words): HTMLElement {
  const { party, period, createdAt, origin, counts, withheld } = manifest;
  const stated = (iso: string | null) => foreign(moment(iso) ?? words.periodOpen);
  const rows: readonly (readonly [string, ...(Node | string)[]])[] = [
    [words.party, foreign(party)],
    [words.period, stated(period.from), ' – ', stated(period.to)],
    [words.madeAt, stated(createdAt)],
    [words.log, exact(origin)],
    [words.exhibits, String(counts.exhibits)],
    [words.lines, String(counts.leaves)],
    ...(withheld.length > 0 ? [[words.keptBack, reasonsOf(withheld)] as const] : []),
    ...(counts.erased > 0 ? [[words.erased, String(counts.erased)] as const] : []),
  ];
  const list = element('dl', '');
  for (const [name, ...values] of rows) list.append(element('dt', '', name), element('dd', '', ...values));
  return sheet('', words.says, holds ? null : element('p', '', words.saysBroken), list);
}

function reasonsOf(withheld: Manifest['withheld']): HTMLElement {
  const counts = new Map<string, number>();
  for (const { reason } of withheld) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].slice(0, MOST_SHOWN);
  const list = element('span', '');
  for (const [i, [reason, count]] of reasons.entries())
    list.append(`${i > 0 ? ' · ' : ''}${count} × `, foreign(reason));
  return list;
}

/** The file at fault, what it means in the reader's language, the word for it, and the program's own words. */
function faults(failures: readonly IntegrityFailure[], words: Words, codes: Codes): HTMLElement | null {
  const lines = failures.map(({ path, code, message }) => {
    const own = element('div', 'quiet', foreign(message), ` (${code})`);
    own.lang = 'en';
    const where = path === '' ? element('strong', '', words.theZip) : element('strong', '', exact(path));
    return element('li', '', where, element('div', '', codes[code]), own);
  });
  return listOf(lines, words);
}

function listOf(lines: readonly HTMLElement[], words: Words): HTMLElement | null {
  if (lines.length === 0) return null;
  const list = element('ul', 'faults', ...lines.slice(0, MOST_SHOWN));
  const more = lines.length - MOST_SHOWN;
  if (more > 0) list.append(element('li', '', filled(words.moreFaults, { count: more })));
  return list;
}

/** The same as `evenkeel bundle verify --json` prints. It is written out when somebody opens it. */
function forPrograms(report: VerifyReport, words: Words): HTMLElement {
  const text = element('pre', 'mono');
  const save = element('button', '', words.jsonSave);
  save.type = 'button';
  save.addEventListener('click', () => saveText(JSON.stringify(report)));
  const details = element(
    'details',
    'sheet',
    element('summary', '', words.json),
    element('p', '', save),
    text,
  );
  details.addEventListener('toggle', () => {
    if (text.textContent === '') text.textContent = JSON.stringify(report, null, 2);
  });
  return details;
}

function saveText(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = element('a', '');
  link.href = url;
  link.download = 'report.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function verdictSheet(
  verdict: Verdict,
  question: string,
  says: string,
  body: readonly (Node | string | null)[],
): HTMLElement {
  const made = sheet(`verdict ${verdict}`, question, element('p', 'says', says));
  for (const part of body) {
    if (part === null || part === '') continue;
    made.append(typeof part === 'string' ? element('p', '', part) : part);
  }
  return made;
}

function sheet(className: string, title: string, ...children: readonly (Node | null)[]): HTMLElement {
  return element('section', `sheet ${className}`.trim(), element('h3', '', title), ...children);
}

function tableOf(heads: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement {
  const head = element('tr', '');
  for (const name of heads) {
    const cell = element('th', '', name);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = rows.map((cells) => element('tr', '', ...cells.map((cell) => element('td', '', cell))));
  return element('table', '', element('thead', '', head), element('tbody', '', ...body));
}

/** Puts an element into the `{name}` of a text. */
function around(text: string, made: HTMLElement): readonly (Node | string)[] {
  const [before = '', after = ''] = text.split('{name}');
  return [before, made, after];
}

/** To the second, in UTC, the same on every machine. */
function moment(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
