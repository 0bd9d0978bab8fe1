import { CiteLink } from '../agreement/cite-picker.tsx';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { measureLines, noonOf, openRoute } from './measure-words.ts';
import type { Restriction } from './restriction.queries.ts';
import { RestrictionActs } from './restriction-acts.tsx';

type Given = { partyId: string; restriction: Restriction };

/** One restriction: what it says, why, until when, what was done with it, and what can be done now. */
export function RestrictionCard({ partyId, restriction }: Given) {
  const who = useWho();
  const { number, state, isInForce, isReviewLate, measure, weighing, consulted, cites, safety } = restriction;
  const shown = state === 'in-force' && !isInForce ? 'passed' : state;
  return (
    <section className="sheet restriction-card" aria-label={t('restriction.numbered', { number })}>
      <h2 className="answer-head">
        {t('restriction.numbered', { number })}{' '}
        <span className="small quiet">{t('restriction.stateIs', { state: shown })}</span>
      </h2>
      <ul className="restriction-measure">
        {[...measureLines(measure, who), openRoute(measure)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={isReviewLate ? 'at-risk' : undefined}>
        {t(isReviewLate ? 'restriction.reviewLate' : 'restriction.reviewOn', {
          date: dateOf(noonOf(restriction.review.on)),
        })}{' '}
        {t('restriction.lastDay', { date: dateOf(noonOf(restriction.until.on)) })}
      </p>
      {cites.map((cite) => (
        <p key={`${cite.interactionId} ${cite.start}`}>
          <CiteLink partyId={partyId} cite={cite} />
        </p>
      ))}
      {safety && <p className="danger">{t('restriction.forSafety', { why: safety })}</p>}
      <RestrictionActs partyId={partyId} restriction={restriction} />
      <StartProcedure subject="restriction" partyId={partyId} subjectId={restriction.id} />
      <details>
        <summary className="small">{t('restriction.weighed')}</summary>
        <dl className="restriction-weighed small">
          {(['aim', 'milder', 'effect', 'ownHandling', 'otherWay'] as const).map((each) => (
            <div key={each}>
              <dt>{t(`restriction.weigh-${each}`)}</dt>
              <dd>{weighing[each]}</dd>
            </div>
          ))}
          {consulted.map((one) => (
            <div key={one.who}>
              <dt>{one.who}</dt>
              <dd>{one.says}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Steps restriction={restriction} who={who} />
    </section>
  );
}

function Steps({ restriction, who }: { restriction: Restriction; who: (actor: string) => string }) {
  return (
    <ol className="restriction-steps small">
      {restriction.steps.map(({ id, kind, at, actor, fact }) => (
        <li key={id}>
          <span className="quiet">{momentOf(at)}</span>{' '}
          {t('restriction.step', { kind: kind.replaceAll('-', '_') })}, {who(actor)}
          {typeof fact.reason === 'string' && <span>: {fact.reason}</span>}
        </li>
      ))}
    </ol>
  );
}
