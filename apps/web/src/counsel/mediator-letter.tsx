import type { CaseBrief } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { Chronology, Dues, Missing, Part, Points } from './brief.tsx';

type Given = { brief: CaseBrief; onOpen: (id: string) => void };

const SETTLED: readonly string[] = ['agreed', 'closed'];

/** The case as a letter to a mediator: what is wanted, what is not settled, and what was said, in the words of the record. */
export function MediatorLetter({ brief, onOpen }: Given) {
  const { title, us, partyName: them, wanted, points, threats, leftOut, at } = brief;
  const open = points.filter(({ state }) => !SETTLED.includes(state));
  const settled = points.filter(({ state }) => SETTLED.includes(state));
  return (
    <>
      <header className="stack">
        <div className="page-head">
          <h1>{t('brief.to')}</h1>
          <button type="button" className="action no-print" onClick={() => print()}>
            {t('brief.print')}
          </button>
        </div>
        <p>{us ? t('brief.about', { title, us, them }) : t('brief.aboutThem', { title, them })}</p>
        <p>{t('brief.intro')}</p>
      </header>
      <Part name="wanted" says={t('brief.want')} isEmpty={!wanted}>
        <p>{wanted}</p>
      </Part>
      <Part name="open" says={t('brief.notSettled')} isEmpty={open.length === 0}>
        <Points points={open} onOpen={onOpen} />
      </Part>
      <Part name="settled" says={t('brief.settled')} isEmpty={settled.length === 0}>
        <Points points={settled} onOpen={onOpen} />
      </Part>
      <Part name="announced" says={t('brief.announced')} isEmpty={threats.length === 0}>
        <Points points={threats} onOpen={onOpen} />
      </Part>
      <Dues brief={brief} />
      <Chronology brief={brief} onOpen={onOpen} />
      <Missing brief={brief} />
      <p>{t('brief.whole')}</p>
      <p>{[us, dateOf(at)].filter(Boolean).join(', ')}</p>
      {leftOut > 0 && <p className="notice small no-print">{t('brief.leftOut', { count: leftOut })}</p>}
    </>
  );
}
