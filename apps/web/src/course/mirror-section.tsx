import type { DraftKind } from '@evenkeel/language/finding';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { kindWords } from '../language/kind-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { mirrorQuery } from './course.queries.ts';
import { QuoteLink } from './quote-link.tsx';

/** Our own side, before theirs: late, promised, sharp, out of our own hours. Worked out now and kept nowhere. */
export function MirrorSection({ partyId }: { partyId: string }) {
  const mirror = useQuery({ ...mirrorQuery(partyId), throwOnError: true }).data;
  if (!mirror) return <p className="quiet">{t('list.loading')}</p>;
  const { answers, late, promised, rude, outsideHours } = mirror;
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('mirror.title')}</h2>
      <p className="answer-none">
        {answers.due === 0
          ? t('mirror.noAnswers')
          : t('mirror.answers', { inTime: answers.inTime, due: answers.due })}
        <span className="small quiet"> {t('mirror.notKept')}</span>
      </p>
      <Slips says={t('mirror.late', { count: late.length })} count={late.length}>
        {late.map(({ asked, answered, dueOn }) => (
          <li key={asked.interactionId}>
            <QuoteLink partyId={partyId} place={asked} />
            <div className="small quiet">
              {answered
                ? t('mirror.answeredOn', { due: dateOf(dueOn), at: dateOf(answered.at) })
                : t('mirror.unanswered', { due: dateOf(dueOn) })}
            </div>
          </li>
        ))}
      </Slips>
      <Slips
        says={t('mirror.promised', { count: promised.filter(({ shownBy }) => !shownBy).length })}
        count={promised.filter(({ shownBy }) => !shownBy).length}
      >
        {promised
          .filter(({ shownBy }) => !shownBy)
          .map((promise) => (
            <li key={`${promise.interactionId}-${promise.start}`}>
              <QuoteLink partyId={partyId} place={promise} />
            </li>
          ))}
      </Slips>
      <Slips says={t('mirror.rude', { count: rude.length })} count={rude.length}>
        {rude.map((slip) => (
          <li key={`${slip.interactionId}-${slip.start}-${slip.kind}`}>
            <QuoteLink partyId={partyId} place={slip} />
            <div className="small quiet">{kindWords({ kind: slip.kind as DraftKind, level: 'warning' })}</div>
          </li>
        ))}
      </Slips>
      <Slips says={t('mirror.outsideHours', { count: outsideHours.length })} count={outsideHours.length}>
        {outsideHours.map((slip) => (
          <li key={slip.interactionId}>
            <QuoteLink partyId={partyId} place={slip} />
          </li>
        ))}
      </Slips>
    </section>
  );
}

function Slips({ says, count, children }: { says: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details className="mirror-line">
      <summary>{says}</summary>
      <ul className="course-quotes">{children}</ul>
    </details>
  );
}
