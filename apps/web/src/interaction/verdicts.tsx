import type { Provenance } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import type { Check, Checks } from './proof.ts';

type Shown = { provenance: Provenance; checks: Checks | undefined; error: unknown };
type Sentence = { name: string; check: Check; holds: string; fails: string };

/** Verdicts in words: what this browser computed, what it took from the server, and what nobody has shown yet. */
export function Verdicts({ provenance, checks, error }: Shown) {
  if (error) return <p className="notice">{problemWords(error)}</p>;
  if (!checks) return <p className="quiet">{t('verdict.computing')}</p>;
  return (
    <section className="sheet verdicts" aria-live="polite">
      <h2>{t('verdict.title')}</h2>
      <ul>
        {sentences(provenance, checks).map(({ name, check, holds, fails }) => (
          <li key={name} className={`verdict verdict-${check.holds}`}>
            <span className="verdict-sign" aria-hidden="true">
              {SIGN[String(check.holds) as keyof typeof SIGN]}
            </span>
            <span>
              {check.holds === true ? holds : fails}
              {check.holds === false && check.why && <span className="mono quiet"> {check.why}</span>}
            </span>
          </li>
        ))}
        <Open says={boundsWords(provenance.time)} />
      </ul>
    </section>
  );
}

/** Stamps are checked when they come and in a bundle; here is what they said. */
function boundsWords({ notEarlierThan, notLaterThan }: Provenance['time']): string {
  if (notLaterThan && notEarlierThan)
    return t('verdict.between', { from: momentOf(notEarlierThan), until: momentOf(notLaterThan) });
  if (notLaterThan) return t('verdict.notLater', { until: momentOf(notLaterThan) });
  if (notEarlierThan) return t('verdict.notEarlier', { from: momentOf(notEarlierThan) });
  return t('verdict.noAnchor');
}

/** What this page cannot show: said, so that the marks above are not read as more than they are. */
function Open({ says }: { says: string }) {
  return (
    <li className="verdict verdict-open">
      <span className="verdict-sign" aria-hidden="true">
        {SIGN.open}
      </span>
      <span>{says}</span>
    </li>
  );
}

const SIGN = { true: '✓', false: '✕', unchecked: '–', open: '○' } as const;

function sentences({ entry, proof }: Provenance, checks: Checks): readonly Sentence[] {
  const place = { index: number(entry.index), size: number(proof.treeSize) };
  const isUnchecked = checks.head.holds === 'unchecked';
  return [
    { name: 'bytes', check: checks.bytes, holds: t('verdict.bytes'), fails: t('verdict.bytesNot') },
    {
      name: 'opening',
      check: checks.opening,
      holds: t('verdict.opening'),
      fails: checks.opening.holds === 'unchecked' ? t('verdict.openingErased') : t('verdict.openingNot'),
    },
    {
      name: 'entry',
      check: checks.entry,
      holds: t('verdict.entry', place),
      fails: t('verdict.entryNot', place),
    },
    {
      name: 'head',
      check: checks.head,
      holds: t('verdict.head', { key: checks.keyId }),
      fails: isUnchecked ? t('verdict.headUnchecked') : t('verdict.headNot'),
    },
  ];
}
