import { checkDraft, type Engine, readSignals } from '@evenkeel/language/engine';
import { DRAFT_KINDS, type Finding, SIGNAL_KINDS } from '@evenkeel/language/finding';
import { type Row, rowsOf } from './data.ts';
import { type Counts, f1Of, overlap, percent, tableOf, wilson } from './figures.ts';

/** What was measured of one kind in one language; shown in the app and in the docs. */
export type KindScore = Counts & {
  readonly side: 'client' | 'draft';
  readonly lang: string;
  readonly kind: string;
  /** True spans of which a finding of the kind covers at least half, both ways. */
  readonly spans: number;
  readonly spansMet: number;
};

type Side = {
  readonly side: KindScore['side'];
  readonly files: readonly string[];
  readonly kinds: readonly string[];
  readonly read: Read;
};
type Read = (engine: Engine, row: Row) => readonly Finding[];

const SIDES: readonly Side[] = [
  {
    side: 'client',
    kinds: SIGNAL_KINDS,
    files: ['signals_client_handlabelled', 'signals_client_fi_synthetic'],
    read: (engine, { text, lang }) => readSignals(engine, text, { lang }).findings,
  },
  {
    side: 'draft',
    kinds: DRAFT_KINDS,
    files: ['signals_agent_handlabelled', 'draft_check_synthetic'],
    read: (engine, { text, lang }) => checkDraft(engine, text, { lang }).findings,
  },
];

const MET = 0.5;

export function scoreKinds(engine: Engine): readonly KindScore[] {
  return SIDES.flatMap(({ side, files }) => scoreRows(engine, side, files.flatMap(rowsOf)));
}

/** A score for each language and kind that the rows are labelled with. */
export function scoreRows(
  engine: Engine,
  side: KindScore['side'],
  rows: readonly Row[],
): readonly KindScore[] {
  const { kinds, read: readRow } = SIDES.find((each) => each.side === side)!;
  const read = new Map(rows.map((row) => [row.id, readRow(engine, row)]));
  const pairs = new Set(
    rows.flatMap((row) =>
      row.labels.filter((label) => kinds.includes(label)).map((label) => `${row.lang}\n${label}`),
    ),
  );
  return [...pairs].sort().map((pair) => {
    const [lang, kind] = pair.split('\n') as [string, string];
    const ofLang = rows.filter((row) => row.lang === lang);
    return scoreKind(side, lang, kind, ofLang, read);
  });
}

function scoreKind(
  side: KindScore['side'],
  lang: string,
  kind: string,
  rows: readonly Row[],
  read: ReadonlyMap<string, readonly Finding[]>,
): KindScore {
  const score = { side, lang, kind, tp: 0, fp: 0, fn: 0, spans: 0, spansMet: 0 };
  for (const row of rows) {
    const found = read.get(row.id)!.filter((finding) => finding.kind === kind);
    const isTrue = row.labels.includes(kind);
    if (isTrue && found.length > 0) score.tp += 1;
    else if (isTrue) score.fn += 1;
    else if (found.length > 0) score.fp += 1;
    if (!isTrue || found.length === 0) continue;
    const spans = row.spans.filter(({ label }) => label === kind);
    score.spans += spans.length;
    score.spansMet += spans.filter((span) => found.some((each) => overlap(each, span) >= MET)).length;
  }
  return score;
}

export function kindsTable(scores: readonly KindScore[]): string {
  const share = (hits: number, n: number) => {
    const [low, high] = wilson(hits, n);
    return n === 0 ? '–' : `${percent(hits / n)} (${percent(low)}–${percent(high)})`;
  };
  return tableOf(
    ['side', 'language', 'kind', 'found / there', 'precision (95 %)', 'recall (95 %)', 'F1', 'spans met'],
    scores.map((score) => [
      score.side,
      score.lang,
      score.kind,
      `${score.tp} / ${score.tp + score.fn}`,
      share(score.tp, score.tp + score.fp),
      share(score.tp, score.tp + score.fn),
      f1Of(score).toFixed(2),
      score.spans === 0 ? '–' : `${score.spansMet} of ${score.spans}`,
    ]),
  );
}
