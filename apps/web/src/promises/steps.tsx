import { QuoteLink } from '../course/quote-link.tsx';
import { useWho } from '../session/who.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { dayWords } from './promise-words.ts';
import type { Step } from './promises.queries.ts';

/** Every fact about a promise or an offer: what, who, when, why, and the words. */
export function Steps({ steps, partyId }: { steps: readonly Step[]; partyId: string }) {
  const who = useWho();
  return (
    <details className="promise-steps">
      <summary className="small">{t('promise.history', { count: steps.length })}</summary>
      <ol>
        {steps.map((step) => (
          <li key={step.recordId}>
            <span>{named('promise.step', step.kind.slice('point.'.length))}</span>
            {step.due && <span> · {dayWords(step.due)}</span>}
            {step.choice !== null && <span> · {t('offer.chosen', { option: step.choice })}</span>}
            <span className="small quiet">
              {' '}
              {who(step.actor)}, {momentOf(step.at)}
            </span>
            {step.reason && <p className="small">{step.reason}</p>}
            {step.looked && (
              <p className="small">
                {t(`offer.looked.${step.looked.who}`, { name: step.looked.outsider ?? '' })}
              </p>
            )}
            {step.cites.map((cite) => (
              <p key={`${cite.interactionId}-${cite.start}`}>
                <QuoteLink partyId={partyId} place={{ ...cite, at: cite.at ?? step.at }} />
              </p>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
