import type { ReactNode } from 'react';
import type { BriefPoint, CaseBrief } from '../generated/types.gen.ts';
import { useSpeech } from '../words/speech.tsx';

type Given = { brief: CaseBrief; onOpen: (id: string) => void };

/** What counsel needs to know first, in the words of the record; it prints as a letter. */
export function Brief({ brief, onOpen }: Given) {
  const { t, named, dateOf } = useSpeech();
  const { title, partyName, us, stage, openedAt, wanted, people } = brief;
  return (
    <>
      <header className="stack">
        <div className="page-head">
          <h1>{title}</h1>
          <button type="button" className="action no-print" onClick={() => print()}>
            {t('counsel.print')}
          </button>
        </div>
        <p className="small quiet">
          {[us, partyName, named('stage', stage), dateOf(openedAt)].filter(Boolean).join(' · ')}
        </p>
        <p className="small">{t('counsel.keep')}</p>
      </header>
      <Part name="wanted" says={t('case.wanted')} isEmpty={false}>
        <p>{wanted ?? t('case.wantedNone')}</p>
      </Part>
      <Part name="threats" says={t('counsel.threats')} isEmpty={brief.threats.length === 0}>
        <Points points={brief.threats} onOpen={onOpen} />
      </Part>
      <Part name="points" says={t('case.pointsTitle')} isEmpty={brief.points.length === 0}>
        <Points points={brief.points} onOpen={onOpen} />
      </Part>
      <Dues brief={brief} />
      <Chronology brief={brief} onOpen={onOpen} />
      <Missing brief={brief} />
      <Part name="people" says={t('case.people')} isEmpty={people.length === 0}>
        <ul className="sheet lines">
          {people.map(({ role, name, reach }) => (
            <li key={`${role} ${name}`} className="line-block">
              <span className="small quiet">{t(`caserole.${role}`)}</span> {name}
              {reach && <span className="small quiet"> · {reach}</span>}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

export function Part(given: { name: string; says: string; isEmpty: boolean; children: ReactNode }) {
  const { t } = useSpeech();
  const { name, says, isEmpty, children } = given;
  return (
    <section className="section" aria-labelledby={`brief-${name}`}>
      <h2 id={`brief-${name}`}>{says}</h2>
      {isEmpty ? <p className="small quiet">{t('counsel.none')}</p> : children}
    </section>
  );
}

export function Points({ points, onOpen }: { points: readonly BriefPoint[]; onOpen: Given['onOpen'] }) {
  const { named } = useSpeech();
  return (
    <ul className="sheet lines">
      {points.map((point) => (
        <li key={point.number} className="line-block">
          <strong>
            #{point.number} {point.title}
          </strong>{' '}
          <span className="small quiet">
            {[named('pointstate', point.state), point.ground && named('ground', point.ground)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {point.asked.map((quote) => (
            <Quote key={`${quote.interactionId} ${quote.quote}`} quote={quote} onOpen={onOpen} />
          ))}
          {point.answer && <Quote quote={point.answer} onOpen={onOpen} />}
          {point.agreed && <Quote quote={point.agreed} onOpen={onOpen} />}
        </li>
      ))}
    </ul>
  );
}

function Quote({ quote, onOpen }: { quote: BriefPoint['asked'][number]; onOpen: Given['onOpen'] }) {
  const { named, dateOf } = useSpeech();
  return (
    <p className="small">
      <q>{quote.quote}</q>{' '}
      <button type="button" className="link-button" onClick={() => onOpen(quote.interactionId)}>
        {[quote.at && dateOf(quote.at), named('direction', String(quote.direction))]
          .filter(Boolean)
          .join(', ')}
      </button>
    </p>
  );
}

/** What is due, and on which side. */
export function Dues({ brief: { dues } }: { brief: CaseBrief }) {
  const { t, named, dateOf, momentOf } = useSpeech();
  return (
    <Part name="dues" says={t('case.dues')} isEmpty={dues.length === 0}>
      <ul className="sheet lines">
        {dues.map((due) => (
          <li key={`${due.at} ${due.says}`} className="line-block">
            <strong>{due.isWholeDay ? dateOf(due.at) : momentOf(due.at)}</strong> {due.says}{' '}
            <span className="small quiet">{named('side', due.side)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Chronology({ brief: { chronology }, onOpen }: Given) {
  const { t } = useSpeech();
  return (
    <Part name="chronology" says={t('counsel.chronology')} isEmpty={chronology.length === 0}>
      <ul className="sheet lines">
        {chronology.map(({ date, time, says, isDisputed, records }) => (
          <li key={`${date} ${time} ${says}`} className="line-block">
            <strong>{[date, time && `${time} UTC`].filter(Boolean).join(' ')}</strong> {says}{' '}
            {isDisputed && <span className="small quiet">{t('counsel.disputed')} </span>}
            {records.map((id, at) => (
              <button
                key={id}
                type="button"
                className="link-button small no-print"
                onClick={() => onOpen(id)}
              >
                {t('counsel.shows', { number: at + 1 })}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Missing({ brief: { missing } }: { brief: CaseBrief }) {
  const { t, named, dateOf } = useSpeech();
  return (
    <Part name="missing" says={t('missing.title')} isEmpty={missing.length === 0}>
      <ul className="sheet lines">
        {missing.map((gap, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is read once and never changes
          <li key={at} className="line-block">
            {named('missing.kind', gap.kind)}{' '}
            <span className="small quiet">
              {[gap.at && dateOf(gap.at), gap.who, gap.subject ?? gap.quote ?? gap.name]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
