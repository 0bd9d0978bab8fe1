import { useState } from 'react';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { Warning } from './due-fields.tsx';
import { type OfferAct, OfferActForm } from './offer-acts.tsx';
import { dayWords, offerText, optionWords, sumWords } from './promise-words.ts';
import type { Offer, PrivateLimit } from './promises.queries.ts';
import { Steps } from './steps.tsx';

type Item = { offer: Offer; limit: PrivateLimit | undefined; mayLimit: boolean };

/** One offer: its solutions, by when it is to be decided, how it stands, and what can be said of it. */
export function OfferItem({ offer, limit, mayLimit }: Item) {
  const [act, setAct] = useState<OfferAct | null>(null);
  const { number, side, options, state, decideBy, chosen, isWithoutPrejudice } = offer;
  const copy = async () => {
    await navigator.clipboard.writeText(offerText(offer));
    toast(t('offer.copied'));
  };
  return (
    <li className={`promise promise-${side}`}>
      <p>
        {t('offer.numbered', { number, who: t(`effort.who.${side}`) })}
        {isWithoutPrejudice && <span className="tag small">{t('offer.withoutPrejudice')}</span>}
      </p>
      <ol className="options">
        {options.map((option, at) => (
          <li key={option.what} className={chosen !== null && chosen !== at + 1 ? 'quiet' : undefined}>
            {at + 1}. {optionWords(option)}
            {chosen === at + 1 && <strong> · {t('offer.isChosen')}</strong>}
            {option.until && (
              <span className="small quiet"> · {t('offer.until', { day: dayWords(option.until) })}</span>
            )}
          </li>
        ))}
      </ol>
      <p className="small">
        {t(`offer.state.${state}`)}
        <span className="quiet"> · {t('offer.decideBy', { day: dayWords(decideBy) })}</span>
      </p>
      <Warning warning={offer.warning} date={decideBy.date} />
      <SecondLine offer={offer} />
      {limit && <LimitLine limit={limit} offer={offer} />}
      {act === null && (
        <p className="row small">
          {actsFor(offer, mayLimit).map((one) => (
            <button key={one} type="button" className="link-button" onClick={() => setAct(one)}>
              {t(`offer.act.${one}`)}
            </button>
          ))}
          {side === 'ours' && (
            <button type="button" className="link-button" onClick={() => void copy()}>
              {t('offer.copy')}
            </button>
          )}
        </p>
      )}
      {act !== null && <OfferActForm offer={offer} limit={limit} act={act} onDone={() => setAct(null)} />}
      <Steps steps={offer.steps} partyId={offer.partyId} />
    </li>
  );
}

function actsFor({ state, needsSecond, looked }: Offer, mayLimit: boolean): readonly OfferAct[] {
  const limit = mayLimit ? (['limit'] as const) : [];
  if (state === 'prepared')
    return needsSecond && !looked
      ? ['look', 'move', 'withdraw', ...limit]
      : ['told', 'move', 'withdraw', ...limit];
  if (state === 'open' || state === 'expired') return ['accepted', 'refused', 'move', 'withdraw', ...limit];
  return [];
}

const DAY_MS = 24 * 3_600_000;

/** Whether somebody else must look, has looked, or a day must go by. */
function SecondLine({ offer: { state, needsSecond, looked, askedAt } }: { offer: Offer }) {
  if (!needsSecond) return null;
  if (looked)
    return <p className="small">{t(`offer.looked.${looked.who}`, { name: looked.outsider ?? '' })}</p>;
  if (state !== 'prepared') return null;
  return (
    <p className="notice notice-risk small">
      {askedAt ? t('offer.waits', { until: momentOf(Date.parse(askedAt) + DAY_MS) }) : t('offer.needsSecond')}
    </p>
  );
}

function LimitLine({ limit: { sum, words }, offer }: { limit: PrivateLimit; offer: Offer }) {
  const isBeyond =
    sum !== null &&
    offer.options.some(
      (option) => option.sum?.currency === sum.currency && Number(option.sum.amount) > Number(sum.amount),
    );
  return (
    <p className="private-limit small">
      <span className="tag">{t('offer.limit')}</span> {sum && sumWords(sum)} {words}
      {isBeyond && <span className="promise-risk"> · {t('offer.beyondLimit')}</span>}
    </p>
  );
}
